using Esb.Cli.Commands;
using Esb.Cli.Environments;
using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Schema.Files;

namespace Esb.Cli.Tests.Environments;

internal sealed class EnvironmentRemovalTests
{
    [Test]
    public async Task An_environment_is_removed_with_everything_in_it_and_the_others_stay()
    {
        using var machine = new Machine().Started("default", "prod").Started("shop", "dev");
        machine.Write("state/shop/database/data", new string('x', 1_500));
        machine.Write(
            "state/shop/config/functions.yml", "functions: {a: {code: /a, handler: a.b, runtime: python3.12}}\n");
        machine.Write("state/shop/snapshots/s.tar.gz", "1234");
        machine.Write("elsewhere/kept", "stays");
        Directory.CreateSymbolicLink(machine.At("state/shop/linked"), machine.At("elsewhere"));
        var run = await RunAsync(machine, new Asked(), "dev", yes: true);
        await Assert.That(run.ExitCode).IsEqualTo(0).Because(run.Error);
        await Assert.That(run.Output)
            .Contains($"environment dev: {machine.At("state/shop")}, ")
            .And.Contains("files        1 function, 0 routes")
            .And.Contains("tables       1.5 kB")
            .And.Contains("snapshots    4 bytes")
            .And.Contains("Removed environment 'dev': ");
        await Assert.That(Directory.EnumerateFileSystemEntries(machine.At("state")).Select(f => Path.GetFileName(f)!)
            .Where(n => n != ".code.lock")).IsEquivalentTo(["default"]);
        await Assert.That(File.Exists(machine.At("elsewhere/kept"))).IsTrue();
        await Assert.That(run.Output).DoesNotContain("esb env default");
    }

    [Test]
    public async Task What_a_killed_removal_left_is_removed_by_the_next_one()
    {
        using var machine = new Machine().Started("default").Started("dev");
        var id = new string('a', 32);
        machine.Write($"state/.removed-99999999-{id}/credentials", "secret");
        machine.Write($"state/.removed-{Environment.ProcessId}-{id}/credentials", "of a running command");
        machine.Write("state/.removed-by-hand/credentials", "of somebody");

        var run = await RunAsync(machine, new Asked(), "dev", yes: true);

        await Assert.That(run.Error).Contains("Removed what an interrupted esb env remove had left.");
        await Assert.That(Directory.GetDirectories(machine.At("state")).Select(f => Path.GetFileName(f)))
            .IsEquivalentTo(["default", $".removed-{Environment.ProcessId}-{id}", ".removed-by-hand"]);
    }

    [Test]
    [Arguments("y", true)]
    [Arguments("", false)]
    [Arguments("no", false)]
    [Arguments(null, false)]
    public async Task A_removal_of_an_environment_asks_first(string? answer, bool goes)
    {
        using var machine = new Machine().Started("default").Started("dev");
        var asked = new Asked(answer);
        var run = await RunAsync(machine, asked, "dev");
        await Assert.That(asked.Questions).IsEquivalentTo(["Remove environment 'dev' with all its data? [y/N] "]);
        await Assert.That(run.ExitCode).IsEqualTo(goes ? 0 : 1);
        await Assert.That(Directory.Exists(machine.At("state/dev"))).IsEqualTo(!goes);
    }

    [Test]
    [Arguments("y", false)]
    [Arguments("shop", true)]
    [Arguments("prod", true)]
    public async Task The_default_environment_is_removed_only_if_its_name_is_typed(string answer, bool goes)
    {
        using var machine = new Machine().Started("default").Started("shop", "prod");
        new KnownEnvironments(machine.At("state")).SetDefault("shop");
        var run = await RunAsync(machine, new Asked(answer), "prod");
        await Assert.That(run.ExitCode).IsEqualTo(goes ? 0 : 1);
        await Assert.That(Directory.Exists(machine.At("state/shop"))).IsEqualTo(!goes);
        await Assert.That(run.Output.Contains(
            "The default is now 'default'; esb env default NAME chooses another.",
            StringComparison.Ordinal)).IsEqualTo(goes);
        await Assert.That(new KnownEnvironments(machine.At("state")).Default).IsEqualTo(goes ? "default" : "shop");
    }

    [Test]
    public async Task A_script_gives_the_name_of_the_default_environment_twice()
    {
        using var machine = new Machine().Started("default", "prod").Started("dev");
        await Assert.That(await FailureAsync(machine, "prod", yes: true))
            .IsEqualTo("'prod' is the default environment, and --yes does not confirm that its data is deleted");
        await Assert.That(await FailureAsync(machine, "prod", yes: true, confirmed: "dev"))
            .IsEqualTo("--confirm dev confirms nothing");
        await Assert.That(Directory.Exists(machine.At("state/default"))).IsTrue();
        await Assert.That((await RunAsync(machine, new Asked(), "prod", yes: true, confirmed: "prod")).ExitCode)
            .IsEqualTo(0);
        await Assert.That(Directory.Exists(machine.At("state/default"))).IsFalse();
    }

    [Test]
    public async Task A_running_platform_is_not_stopped_and_the_message_says_how_to_stop_it()
    {
        using var machine = new Machine().Started("default").Started("shop", "dev");
        var state = new StateFolder(machine.At("state/shop"));
        new PlatformState(
            DateTimeOffset.UnixEpoch, state.Configuration, PlatformAddresses.Of(
                machine.Read(null), "/socket"), "us-east-1",
            [new RunningComponent(ComponentKind.Stores, ProcessIdentity.Of(Environment.ProcessId)!, "", "")]).Write(
                state);
        await Assert.That(await FailureAsync(machine, "dev", yes: true))
            .IsEqualTo("environment 'dev' is running: stores; nothing was changed; "
                + "esb down --env dev stops it first");
        File.Delete(state.PlatformFile);
        File.WriteAllText(state.UnitSettingsFile, "");
        await Assert.That(await FailureAsync(machine, "dev", yes: true))
            .StartsWith("environment 'dev' has units of systemd");
        File.Delete(state.UnitSettingsFile);
        using (await DeployLock.AcquireAsync(state.Path, "esb up", TimeSpan.Zero, null, CancellationToken.None))
            await Assert.That(await FailureAsync(machine, "dev", yes: true))
                .StartsWith("environment 'dev' is in use: ");
        await Assert.That(Directory.Exists(state.Configuration)).IsTrue();
    }

    [Test]
    public async Task A_link_and_an_unknown_name_are_refused_and_a_dry_run_touches_nothing()
    {
        using var machine = new Machine().Started("default").Started("dev");
        Directory.CreateSymbolicLink(machine.At("state/far"), machine.At("state/dev"));
        await Assert.That(await FailureAsync(machine, "far", yes: true)).Contains("/state/far is a link to ");
        await Assert.That(await FailureAsync(machine, "test", yes: true)).StartsWith("there is no environment 'test'");
        var run = await RunAsync(machine, new Asked(), "dev", dryRun: true);
        await Assert.That(run.Output).EndsWith("Dry run: nothing was changed.\n");
        await Assert.That(Directory.Exists(machine.At("state/dev"))).IsTrue();
    }

    [Test]
    public async Task A_configuration_in_another_place_stays_and_is_reported()
    {
        using var machine = new Machine().Started("default").Started("dev");
        machine.Write("srv/config/functions.yml", "functions: {}\n");
        machine.Write("state/dev/configurations/1", machine.At("srv/config"));
        var run = await RunAsync(machine, new Asked(), "dev", yes: true);
        await Assert.That(run.Error).Contains(
            $"warning: {machine.At("srv/config")} stays, but the code of this environment that it uses is removed");
        await Assert.That(File.Exists(machine.At("srv/config/functions.yml"))).IsTrue();
    }

    [Test]
    public async Task The_command_has_help()
    {
        using var output = new StringWriter();
        await CommandLine.RunAsync(
            ["env", "remove", "--help"],
            new Screen(output, TextWriter.Null, ScreenTraits.Plain),
            CancellationToken.None);
        await Assert.That(output.ToString()).Contains("--confirm <NAME>")
            .And.Contains("Remove an environment that is down");
    }

    private static async Task<string> FailureAsync(
        Machine machine,
        string name,
        bool yes = false,
        string? confirmed = null)
    {
        try
        {
            return (await RunAsync(machine, new Asked(), name, yes, confirmed)).Output;
        }
        catch (CommandFailure failure)
        {
            var told = failure.Diagnostics[0];
            return told.Help is { } help
                && told.Message.EndsWith("nothing was changed", StringComparison.Ordinal)
                && told.Message.Contains(" is running: ", StringComparison.Ordinal)
                ? $"{told.Message}; {help}"
                : told.Message;
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        Machine machine,
        Asked asked,
        string name,
        bool yes = false,
        string? confirmed = null,
        bool dryRun = false)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var request = new EnvironmentRemovalRequest(
            name)
        { Yes = yes, Confirmed = confirmed, DryRun = dryRun, LockTimeout = TimeSpan.Zero };
        var code = await new EnvironmentRemoval(
            request, machine.Sources(), new Screen(output, error, ScreenTraits.Plain), asked.Ask)
            .RunAsync(CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Answers questions, and records them.</summary>
    private sealed class Asked(string? answer = null)
    {
        public List<string> Questions { get; } = [];

        public string? Ask(string question)
        {
            Questions.Add(question);
            return answer;
        }
    }
}

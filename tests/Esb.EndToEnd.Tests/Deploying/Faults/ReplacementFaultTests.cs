using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying.Faults;

/// <summary>
/// One rollback, removal or prune, interrupted at each system call in turn that changes something in the configuration
/// folder.
/// </summary>
[ClassDataSource<FaultProgram>(Shared = SharedType.PerTestSession)]
internal sealed class ReplacementFaultTests(FaultProgram fault)
{
    private const string Rollback = "rollback 1 --no-wait";
    private const string Remove = "remove later --yes --no-wait";
    private const string Prune = "deploy -t later.yaml --stack later --prune --no-wait";
    private const string Kill = "kill";
    private const string NoSpace = "28"; // errno(3)

    [Test]
    [Arguments(Rollback)]
    [Arguments(Remove)]
    [Arguments(Prune)]
    public async Task A_command_killed_at_any_step_leaves_complete_files_and_revisions_and_the_next_repairs_the_rest(
        string command)
    {
        using var workshop = new Workshop();
        var (first, before) = await PrepareAsync(workshop);
        var steps = await StepsAsync(workshop, command);
        var after = workshop.Files();
        await Assert.That(steps.Count(s => s.Contains(" rename", StringComparison.Ordinal))).IsGreaterThanOrEqualTo(4);
        for (var step = 1; step <= steps.Count; step++)
        {
            var killed = await BreakAsync(workshop, command, step, Kill);
            await Assert.That(killed.ExitCode).IsEqualTo(128 + 9).Because(steps[step - 1]);
            foreach (var (name, text) in workshop.Files())
                await Assert.That(text == before[name] || text == after[name]).IsTrue()
                    .Because($"{steps[step - 1]}: {name} is\n{text}");
            foreach (var (number, files) in workshop.Revisions())
                await Assert.That(files).IsEquivalentTo(number switch { "1" => first, "2" => before, _ => after })
                    .Because($"{steps[step - 1]}: revision {number}");

            var repair = await workshop.RunAsync(Binaries.Esb, command.Split(' '));
            await Assert.That(repair.ExitCode == 0
                || repair.Error.Contains("there is no application 'later'", StringComparison.Ordinal)).IsTrue()
                .Because($"{steps[step - 1]}: {repair}");
            await Assert.That(workshop.Files()).IsEquivalentTo(after).Because(steps[step - 1]);
            await Assert.That(workshop.Strangers()).IsEmpty().Because(steps[step - 1]);
        }
    }

    [Test]
    [Arguments(Rollback)]
    [Arguments(Remove)]
    [Arguments(Prune)]
    public async Task A_disk_that_is_full_once_at_any_step_is_an_error_with_old_files_and_history_or_no_error_at_all(
        string command)
    {
        using var workshop = new Workshop();
        var (_, before) = await PrepareAsync(workshop);
        var steps = await StepsAsync(workshop, command);
        var after = workshop.Files();
        var refused = 0;
        for (var step = 1; step <= steps.Count; step++)
        {
            var result = await BreakAsync(workshop, command, step, NoSpace);
            await Assert.That(result.ExitCode is 0 or 1).IsTrue().Because($"{steps[step - 1]}: {result}");
            await Assert.That(workshop.Files()).IsEquivalentTo(result.ExitCode == 0 ? after : before)
                .Because($"{steps[step - 1]}: {result}");
            await Assert.That(workshop.Revisions().Count).IsEqualTo(result.ExitCode == 0 ? 3 : 2)
                .Because($"{steps[step - 1]}: {result}");
            refused += result.ExitCode;
        }

        // These may fail without harm: advisory locks of .NET, and the removal of temporary files.
        await Assert.That(refused)
            .IsGreaterThan(steps.Count(s => !s.Contains(" flock ", StringComparison.Ordinal)) / 3);
    }

    // The template of the second application names half of what it has.
    private static async Task<Prepared> PrepareAsync(Workshop workshop)
    {
        await workshop.DeployAsync(workshop.Template("earlier"), "--stack", "earlier");
        var first = workshop.Files();
        await workshop.DeployAsync(workshop.Template("later"), "-t", workshop.Template("left"), "--stack", "later");
        workshop.Save();
        return new Prepared(first, workshop.Files());
    }

    private async Task<IReadOnlyList<string>> StepsAsync(Workshop workshop, string command)
    {
        var result = await BreakAsync(workshop, command, step: 0, Kill);
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        return await File.ReadAllLinesAsync(Log(workshop));
    }

    private Task<CommandResult> BreakAsync(Workshop workshop, string command, int step, string how)
    {
        workshop.RestoreSaved();
        var at = step.ToString(CultureInfo.InvariantCulture);
        return workshop.RunAsync(
            fault.Path, [workshop.Folder, at, how, Log(workshop), Binaries.Esb, .. command.Split(' ')]);
    }

    private static string Log(Workshop workshop) => Path.Combine(workshop.Root, "fault.log");

    // The files with only the first application, and those before the command.
    private sealed record Prepared(
        IReadOnlyDictionary<string, string?> First, IReadOnlyDictionary<string, string?> Before);
}

using Esb.Cli.Commands;
using Esb.Cli.Platform;
using Esb.Cli.Processes;

namespace Esb.Cli.Tests.Platform;

/// <summary>A lingering part has closed its port, but its process runs until it receives a second signal.</summary>
internal sealed class EndingPartsTests
{
    [Test]
    [Arguments("esb-gateway", ComponentKind.Gateway)]
    [Arguments("esb-stores", ComponentKind.Stores)]
    public async Task Up_waits_for_the_end_of_a_part_whose_ports_are_closed_and_starts_another(
        string program, object kind)
    {
        await using var platform = new LocalPlatform().With("PART_FAULT", $"{program}:lingering");
        await Assert.That((await platform.UpAsync()).ExitCode).IsEqualTo(ExitCode.Done);
        var old = platform.State.Find((ComponentKind)kind)!;
        await EndAsync(platform, old);

        var up = Task.Run(platform.UpAsync);
        // The old part ends while the command waits, or before it checks.
        Signals.TerminateGroup(old.Process);
        var run = await up;
        await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(run.Output).Contains(" ready ");
        var started = platform.State.Find((ComponentKind)kind)!;
        await Assert.That(started.Process).IsNotEqualTo(old.Process);
        await Assert.That(await IsServingAsync(platform, started)).IsTrue();
    }

    [Test]
    public async Task Up_completes_a_down_that_was_interrupted()
    {
        await using var platform = new LocalPlatform().With("PART_FAULT", "esb-gateway:lingering");
        await platform.UpAsync();
        var old = platform.State.Find(ComponentKind.Gateway)!;
        using var interrupt = new CancellationTokenSource();
        var down = CommandLine.RunAsync(
            ["down", "--env-file", platform.EnvFile],
            new(new StringWriter(), new StringWriter(), Esb.Cli.Terminal.ScreenTraits.Plain),
            interrupt.Token);
        await Eventually.TrueAsync(async () => !await IsServingAsync(platform, old));
        await interrupt.CancelAsync();
        await Assert.That(await down).IsEqualTo(ExitCode.Interrupted);
        await Assert.That(platform.State.Find(ComponentKind.Gateway)!.IsEnding).IsTrue();
        await Assert.That(platform.State.Find(ComponentKind.Agent)!.IsEnding).IsFalse();

        var upgrade = await platform.AskAsync("upgrade");
        await Assert.That(upgrade.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(upgrade.Error).IsEqualTo(
            $"error: the gateway, process {old.Process.Pid}, is shutting down and cannot be replaced; "
                + "esb up starts one when it has ended\n");

        var up = await platform.UpAsync();
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(up.Error).DoesNotContain("gateway");
        await Assert.That(up.Output).Matches(@"^gateway .* ended  \d+\.\d s\ngateway .* ready ");
        await Assert.That(await IsServingAsync(platform, platform.State.Find(ComponentKind.Gateway)!)).IsTrue();
    }

    private static async Task EndAsync(LocalPlatform platform, RunningComponent part)
    {
        Signals.TerminateGroup(part.Process);
        await Eventually.TrueAsync(async () => !await IsServingAsync(platform, part));
    }

    private static async Task<bool> IsServingAsync(LocalPlatform platform, RunningComponent part)
    {
        using var http = new HttpClient();
        return await new ReadyCheck(http, platform.State.Addresses).PassesAsync(part.Kind, CancellationToken.None);
    }
}

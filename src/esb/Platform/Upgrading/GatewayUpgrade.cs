using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Platform.Upgrading;

/// <summary>
/// Starts the gateway beside <c>esb</c> while the previous one serves. The new one takes over when it is ready; the two
/// gateways coordinate this themselves, so that a killed <c>esb upgrade</c> does not affect it. If the new one does not
/// become ready, it is stopped, and the previous one keeps serving.
/// </summary>
internal sealed class GatewayUpgrade(PlatformSettings settings, Screen screen, HttpClient http, TimeProvider time)
{
    private const int LogLinesShown = 10;

    // Generous, because the new gateway itself waits for the agent and for workers.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    /// <exception cref="CommandFailure">There is no gateway to replace, or the new one did not become ready; the
    /// previous one serves.</exception>
    public async Task<GatewayUpgradeResult> RunAsync(CancellationToken cancellationToken)
    {
        var state = await InterruptedUpgrade.ResolveAsync(
            PlatformState.Read(settings.State), settings.State, http, cancellationToken);
        if (state?.Find(ComponentKind.Gateway) is not { } old)
            throw CommandFailure.Environment(
                $"no gateway of environment '{settings.EnvironmentName}' is running, so there is nothing to replace",
                "start it with esb up");
        await RequireServingAsync(old, state.Addresses, cancellationToken);
        var before = await ServingGateway.AskAsync(http, state.Addresses, cancellationToken);
        var spec = SpecOf(state);
        if (spec.Process.Environment[ComponentSpecs.HandOverSocket] is { } handOver && !File.Exists(handOver))
            throw CommandFailure.Environment(
                "the running gateway cannot be replaced: it was started by a version without esb upgrade",
                "esb down, then esb up; requests fail in between");
        state = await new StoresUpgrade(settings, screen, http, time).RunAsync(state, cancellationToken);
        spec = SpecOf(state);
        using var lines = new LiveLines(screen, time);
        var line = new ComponentLine(
            lines, screen, time, new(ComponentNames.Of(ComponentKind.Gateway), spec.Address, spec.Address.Length));
        line.Update("starting beside the one that serves");
        using var daemon = Daemon.Start(spec.Process);
        var started = new RunningComponent(ComponentKind.Gateway, daemon.Identity, spec.Address, spec.Process.LogFile);
        var leaving = state.Leaving.Where(component => component.Process.IsRunning());
        state = state with { Starting = started, Leaving = [.. leaving] };
        state.Write(settings.State);
        ServingGateway after;
        try
        {
            after = await WaitAsync(daemon, state.Addresses, cancellationToken);
        }
        catch
        {
            line.Fail();
            // The new gateway may have taken over at the last moment; if so, it stays.
            await InterruptedUpgrade.EndAsync(state, settings.State, http, CancellationToken.None);
            throw;
        }

        InterruptedUpgrade.Resolve(state, after.Pid).Write(settings.State);
        line.Ready();
        return new GatewayUpgradeResult(before?.Version, after.Version, old.Process);
    }

    private ComponentSpec SpecOf(PlatformState state) => new ComponentSpecs(
        settings with { ConfigFolder = state.ConfigDir }, state.Addresses, Credentials.ForStart(settings))
        .Of(ComponentKind.Gateway);

    private async Task RequireServingAsync(
        RunningComponent old, PlatformAddresses addresses, CancellationToken cancellationToken)
    {
        if (old.IsEnding || !await new EndingParts(screen, http, time)
            .ServesAsync(old, new ReadyCheck(http, addresses), cancellationToken))
            throw CommandFailure.Environment(
                $"the gateway, process {old.Process.Pid}, is shutting down and cannot be replaced",
                "esb up starts one when it has ended");
    }

    private async Task<ServingGateway> WaitAsync(
        Daemon daemon, PlatformAddresses addresses, CancellationToken cancellationToken)
    {
        for (var since = time.GetTimestamp(); ; await Task.Delay(Interval, time, cancellationToken))
        {
            if (daemon.HasExited)
                throw await FailedAsync(
                    daemon, addresses, $"ended with exit code {daemon.ExitCode} before it was ready");
            if (await ServingGateway.AskAsync(http, addresses, cancellationToken) is { } serving
                && serving.Pid == daemon.Identity.Pid)
                return serving;
            if (time.GetElapsedTime(since) > Timeout)
                throw await FailedAsync(daemon, addresses, $"was not ready after {DurationText.Waited(Timeout)}");
        }
    }

    private async Task<CommandFailure> FailedAsync(Daemon daemon, PlatformAddresses addresses, string what)
    {
        var serves = await new ReadyCheck(http, addresses).PassesAsync(ComponentKind.Gateway, CancellationToken.None);
        return new(
            ExitCode.Failure,
            [new Diagnostic(
                Severity.Error,
                DiagnosticCodes.Environment,
                serves
                    ? $"the new gateway {what}; the previous one still serves"
                    : $"the new gateway {what}, and the previous one does not answer",
                Help: serves ? $"its log is {daemon.LogFile}" : $"esb up starts one; its log is {daemon.LogFile}")])
        {
            Details = LogLines.Last(daemon.LogFile, daemon.LogStart, LogLinesShown),
        };
    }
}

/// <summary>The result of <c>esb upgrade</c>.</summary>
/// <param name="Before">The version that served before; null when unknown.</param>
/// <param name="After">The version that serves now.</param>
/// <param name="Old">The process that served before; it ends when its connections have.</param>
internal sealed record GatewayUpgradeResult(string? Before, string After, ProcessIdentity Old);

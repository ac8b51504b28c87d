using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Platform.Upgrading;

/// <summary>
/// Sets <c>platform.json</c> right after an <c>esb upgrade</c> that was killed: of the two gateways that it names, the one that serves is the
/// platform's. One that had not got so far is ended; one that has given its place away already finishes what it has.
/// </summary>
internal static class InterruptedUpgrade
{
    /// <returns>The state as it is then; the same when there is nothing to set right.</returns>
    public static async Task<PlatformState?> ResolveAsync(PlatformState? state, StateFolder folder, HttpClient http, CancellationToken cancellationToken)
    {
        if (state?.Starting is not { } starting)
            return state;
        var serving = await ServingGateway.AskAsync(http, state.Addresses, cancellationToken);
        var resolved = Resolve(state, serving?.Pid);
        if (resolved.Find(ComponentKind.Gateway)?.Process != starting.Process)
            Signals.KillGroup(starting.Process);
        resolved.Write(folder);
        return resolved;
    }

    /// <param name="state">With an upgrade that has not ended.</param>
    /// <param name="serving">The process that serves; null: none of them.</param>
    internal static PlatformState Resolve(PlatformState state, int? serving)
    {
        var gateways = state.Components.Where(component => component.Kind == ComponentKind.Gateway).ToList();
        if (gateways.Exists(gateway => gateway.Process.Pid == serving))
            return state with { Starting = null };
        return state with
        {
            Components = [.. state.Components.Except(gateways), .. serving == state.Starting!.Process.Pid ? [state.Starting] : Array.Empty<RunningComponent>()],
            Leaving = [.. state.Leaving, .. gateways],
            Starting = null,
        };
    }
}

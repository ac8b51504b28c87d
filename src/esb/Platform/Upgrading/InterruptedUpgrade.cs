using System.Net.Sockets;
using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Platform.Upgrading;

/// <summary>
/// Corrects <c>platform.json</c> after an <c>esb upgrade</c> that was killed: of the two gateways in it, the one that
/// serves is the platform's. A new one that does not serve is ended; a previous one that was replaced is draining.
/// </summary>
internal static class InterruptedUpgrade
{
    // A gateway reads the last message of a killed one within this time.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    // A gateway that was just started listens within this time.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <returns>The corrected state; unchanged when nothing is wrong.</returns>
    public static async Task<PlatformState?> ResolveAsync(
        PlatformState? state, StateFolder folder, HttpClient http, CancellationToken cancellationToken)
    {
        if (state?.Starting is not null)
            state = await EndAsync(state, folder, http, cancellationToken);
        else if (state is not null && await UnwrittenAsync(state, http, cancellationToken) is { } unwritten)
            (state = unwritten).Write(folder);
        // A gateway that is running but no longer listens was replaced by another one, which has died.
        if (state?.Find(ComponentKind.Gateway) is not { } gateway
            || await ListensAsync(state.Addresses.Admin, cancellationToken))
            return state;
        var left = state with
        {
            Components = [.. state.Components.Where(component => component != gateway)],
            Leaving = [.. state.Leaving, gateway],
        };
        left.Write(folder);
        return left;
    }

    /// <summary>Ends an upgrade that does not continue by itself.</summary>
    public static async Task<PlatformState> EndAsync(
        PlatformState state, StateFolder folder, HttpClient http, CancellationToken cancellationToken)
    {
        var starting = state.Starting!.Process;
        var serving = await ServingGateway.AskAsync(http, state.Addresses, cancellationToken);
        if (serving?.Pid != starting.Pid)
        {
            Signals.KillGroup(starting);
            await Task.Delay(Settling, CancellationToken.None);
            serving = await ServingGateway.AskAsync(http, state.Addresses, cancellationToken);
        }

        var resolved = Resolve(state, serving?.Pid);
        resolved.Write(folder);
        return resolved;
    }

    // The upgrade was killed after the new gateway was started and before that was recorded; the new gateway took over
    // by itself.
    private static async Task<PlatformState?> UnwrittenAsync(
        PlatformState state, HttpClient http, CancellationToken cancellationToken)
    {
        if (state.Components.FirstOrDefault(component => component.Kind == ComponentKind.Gateway) is not { } written
            || await ServingGateway.AskAsync(http, state.Addresses, cancellationToken) is not { } serving
            || serving.Pid == written.Process.Pid
            || !serving.IsOf(state.Addresses)
            || ProcessIdentity.Of(serving.Pid) is not { } process)
            return null;
        return Resolve(state with { Starting = written with { Process = process } }, serving.Pid);
    }

    /// <param name="state">The state of an unfinished upgrade.</param>
    /// <param name="serving">The process that serves; null when neither does.</param>
    internal static PlatformState Resolve(PlatformState state, int? serving)
    {
        var gateways = state.Components.Where(component => component.Kind == ComponentKind.Gateway).ToList();
        if (gateways.Exists(gateway => gateway.Process.Pid == serving))
            return state with { Starting = null };
        return state with
        {
            Components =
            [
                .. state.Components.Except(gateways),
                .. serving == state.Starting!.Process.Pid ? [state.Starting] : Array.Empty<RunningComponent>(),
            ],
            Leaving = [.. state.Leaving, .. gateways],
            Starting = null,
        };
    }

    private static async Task<bool> ListensAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Settling)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(address.Host, address.Port, cancellationToken);
                return true;
            }
            catch (SocketException) when (waited < Timeout)
            {
                await Task.Delay(Settling, cancellationToken);
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}

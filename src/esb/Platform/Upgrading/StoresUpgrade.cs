using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Platform.Upgrading;

/// <summary>
/// Replaces the object store and the database of an earlier version by the stores of this one. Between the two, the
/// stores do not answer; the gateway and the agent keep running.
/// </summary>
internal sealed class StoresUpgrade(PlatformSettings settings, Screen screen, HttpClient http, TimeProvider time)
{
    /// <returns>The state with the stores; unchanged when there is nothing to replace.</returns>
    /// <exception cref="CommandFailure">The stores did not become ready; <c>esb up</c> starts them.</exception>
    public async Task<PlatformState> RunAsync(PlatformState state, CancellationToken cancellationToken)
    {
        var earlier = state.Running().Where(part => ComponentNames.IsEarlier(part.Kind)).ToList();
        if (earlier.Count == 0 || !StartPlan.Wanted(settings).Contains(ComponentKind.Stores))
            return state;
        var running = state.Running().Select(part => part.Kind).Where(kind => !ComponentNames.IsEarlier(kind)).ToList();
        var replaced = settings with
        {
            ConfigFolder = state.ConfigDir,
            Ports = settings.Ports with { Stores = PortOf(earlier, state) ?? settings.Ports.Stores },
        };
        var addresses = PlatformAddresses.Of(replaced, state.Addresses.AgentSocket).Keeping(state.Addresses, running);
        // Found before anything is stopped, since a missing binary must leave what runs.
        var spec = new ComponentSpecs(replaced, addresses, Credentials.ForStart(replaced)).Of(ComponentKind.Stores);
        using var lines = new LiveLines(screen, time);
        var width = earlier.Select(part => part.Address).Append(spec.Address).Max(address => address.Length);
        await Task.WhenAll(earlier.Select(part => StopAsync(part, Line(lines, part.Kind, part.Address, width))));
        var line = Line(lines, ComponentKind.Stores, spec.Address, width);
        var started = new StartedComponents(replaced, addresses, PlatformState.Read(settings.State), time);
        try
        {
            await new ComponentStart(started, new ReadyCheck(http, addresses), time)
                .RunAsync(spec, line, cancellationToken);
        }
        catch
        {
            line.Fail();
            throw;
        }

        return PlatformState.Read(settings.State)!;
    }

    // The object store keeps its port, which may be one that was given for its start only.
    private static int? PortOf(IEnumerable<RunningComponent> earlier, PlatformState state) =>
        earlier.Any(part => part.Kind == ComponentKind.EarlierObjectStore) ? state.Addresses.ObjectStore.Port : null;

    // Not cancelled: half a pair of stores would serve nobody.
    private async Task StopAsync(RunningComponent part, ComponentLine line)
    {
        line.Update("stopping");
        await ComponentStop.RunAsync(part, ComponentStop.Grace(part.Kind), time, CancellationToken.None);
        line.Finish("stopped");
    }

    private ComponentLine Line(LiveLines lines, ComponentKind kind, string address, int width) =>
        new(lines, screen, time, new(ComponentNames.Of(kind), address, width));
}

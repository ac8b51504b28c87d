using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Platform;

/// <summary>Stops the parts in <c>platform.json</c>, in the reverse order of starting.</summary>
internal sealed class PlatformStop(StateFolder state, Screen screen, TimeProvider time)
{
    // Guards the file: the parts of one wave are stopped at the same time.
    private readonly Lock _file = new();

    /// <returns>The number of parts that were running.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var running = PlatformState.Read(state)?.AllRunning() ?? UnrecordedParts.Of(state);
        if (running.Count > 0)
            await StopAsync(running, cancellationToken);
        File.Delete(state.PlatformFile);
        return running.Count;
    }

    private async Task StopAsync(IReadOnlyList<RunningComponent> running, CancellationToken cancellationToken)
    {
        using var lines = new LiveLines(screen, time);
        var width = running.Max(component => component.Address.Length);
        var plan = StartPlan.Of(running.Select(component => component.Kind).ToHashSet()).Reversed();
        foreach (var wave in plan.Waves)
            await Task.WhenAll(running.Where(component => wave.Contains(component.Kind)).Select(StopOneAsync));

        async Task StopOneAsync(RunningComponent component)
        {
            var line = new ComponentLine(
                lines, screen, time, new(ComponentNames.Of(component.Kind), component.Address, width));
            line.Update("stopping");
            RecordEnding(component);
            var outcome = await ComponentStop.RunAsync(
                component, ComponentStop.Grace(component.Kind), time, cancellationToken);
            line.Finish(outcome switch
            {
                StopOutcome.Stopped => "stopped",
                StopOutcome.Killed => screen.Paint.Yellow("killed"),
                _ => "not running",
            });
        }
    }

    // Recorded before the signal, so that a start after a killed stop does not mistake an ending part for a serving
    // one.
    private void RecordEnding(RunningComponent component)
    {
        lock (_file)
        {
            if (PlatformState.Read(state) is not { } recorded)
                return;
            var parts = recorded.Components.Select(part => part == component ? part with { IsEnding = true } : part);
            (recorded with { Components = [.. parts] }).Write(state);
        }
    }
}

using Esb.Cli.Settings;

namespace Esb.Cli.Platform;

/// <summary>A part that <c>esb up</c> started and that does not work at the moment.</summary>
/// <param name="Name">The name of the program.</param>
/// <param name="Address">The address where it should answer.</param>
/// <param name="HasEnded">Whether its process has ended; otherwise it runs or is being restarted.</param>
/// <param name="LogFile">The log that may say why.</param>
internal sealed record PartDown(string Name, string Address, bool HasEnded, string LogFile)
{
    public override string ToString() => HasEnded
        ? $"the {Name} ({Address}) has ended: esb up starts it again; {LogFile} may say why"
        : $"the {Name} ({Address}) does not answer; {LogFile} may say why";
}

/// <summary>Checks each part of a platform in process mode. The engine does that for containers.</summary>
internal static class PartsDown
{
    /// <summary>The parts that do not work. The gateway is left out, since the callers query it anyway.</summary>
    public static async Task<IReadOnlyList<PartDown>> FindAsync(
        PlatformSettings settings, HttpClient http, CancellationToken cancellationToken)
    {
        if (settings.IsInContainers || PlatformState.Read(settings.State) is not { } state)
            return [];
        var ready = new ReadyCheck(http, state.Addresses);
        var others = state.Components.Where(component => component.Kind != ComponentKind.Gateway);
        var parts = await Task.WhenAll(others.Select(AskAsync));
        return [.. parts.OfType<PartDown>()];

        async Task<PartDown?> AskAsync(RunningComponent component)
        {
            var runs = component.Process.IsRunning();
            return runs && await ready.PassesAsync(component.Kind, cancellationToken)
                ? null
                : new PartDown(ComponentNames.InSentence(component.Kind), component.Address, !runs, component.LogFile);
        }
    }
}

using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis;

/// <summary>The platform that is looked at, up or down.</summary>
/// <param name="Version">Of this esb.</param>
/// <param name="Settings">As a command on it would read them.</param>
/// <param name="State">What <c>esb up</c> wrote down; null when nothing was started.</param>
/// <param name="Alive">What of it runs.</param>
internal sealed record Patient(string Version, PlatformSettings Settings, PlatformState? State, IReadOnlyList<RunningComponent> Alive)
{
    public static Patient Of(PlatformSettings settings, string version)
    {
        // In the modes of containers Compose knows what runs.
        var state = settings.IsInContainers ? null : PlatformState.Read(settings.State);
        return new Patient(version, settings, state, state?.Running() ?? []);
    }

    public RunningComponent? Find(ComponentKind kind) => Alive.FirstOrDefault(component => component.Kind == kind);
}

using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis;

/// <summary>The platform that <c>esb doctor</c> checks, up or down.</summary>
/// <param name="Version">The version of this esb.</param>
/// <param name="Settings">The settings that a command would use.</param>
/// <param name="State">The state that <c>esb up</c> recorded; null when nothing was started.</param>
/// <param name="Alive">The running parts.</param>
internal sealed record DiagnosedPlatform(
    string Version, PlatformSettings Settings, PlatformState? State, IReadOnlyList<RunningComponent> Alive)
{
    public static DiagnosedPlatform Of(PlatformSettings settings, string version)
    {
        // In container modes, Compose knows what is running.
        var state = settings.IsInContainers ? null : PlatformState.Read(settings.State);
        return new DiagnosedPlatform(version, settings, state, state?.Running() ?? []);
    }

    public RunningComponent? Find(ComponentKind kind) => Alive.FirstOrDefault(component => component.Kind == kind);
}

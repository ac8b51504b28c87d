using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Commands.Operations;

/// <summary>Reports the given settings that a command cannot apply to a running platform.</summary>
internal static class KeptSettings
{
    /// <summary>
    /// Reports each setting. One that protects a port is an error, since the port is open without it.
    /// </summary>
    /// <returns>Whether none of the settings protects a port.</returns>
    public static bool Report(IReadOnlyList<UnappliedSetting> unapplied, Screen screen)
    {
        foreach (var setting in unapplied)
            screen.Report(new Diagnostic(
                setting.IsGuard ? Severity.Error : Severity.Warning,
                DiagnosticCodes.Setting,
                $"{setting}",
                Help: setting.Help));
        return !unapplied.Any(setting => setting.IsGuard);
    }

    /// <summary>Warns when the running gateway reads another configuration folder.</summary>
    public static void WarnOfFolder(PlatformState state, PlatformSettings settings, Screen screen)
    {
        if (state.ConfigDir != settings.ConfigFolder)
            screen.Warn(
                $"the running gateway reads {state.ConfigDir}, not {settings.ConfigFolder}",
                "esb down, then esb up again, to change that");
    }
}

using Esb.Cli.Modes;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Schema.Files;
using Esb.Schema.Functions;

namespace Esb.Cli.Environments;

/// <summary>Warns about functions whose staged code was changed, at a start and at an upgrade.</summary>
internal static class AlteredCode
{
    public static void Warn(PlatformSettings settings, string folder, Screen screen)
    {
        var file = Path.Combine(folder, ConfigurationFiles.Functions);
        if (settings.IsInContainers || ConfigurationDocument.Read(file, [], out _) is not { } document)
            return;
        if (FolderAvailability.Altered(FunctionsFile.Read(document, []).Functions) is [_, ..] altered)
            screen.Warn(
                $"the staged code of these functions was changed: {string.Join(", ", altered)}",
                "deploy their template again, which stages it again; a function's own files belong in /tmp");
    }
}

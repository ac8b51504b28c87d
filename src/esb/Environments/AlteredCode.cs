using Esb.Cli.Modes;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Schema.Files;
using Esb.Schema.Functions;

namespace Esb.Cli.Environments;

/// <summary>Says of a platform that starts, or whose gateway is replaced, which functions run from something that is not what was staged.</summary>
internal static class AlteredCode
{
    public static void Warn(PlatformSettings settings, string folder, Screen screen)
    {
        if (settings.IsInContainers || ConfigurationDocument.Read(Path.Combine(folder, ConfigurationFiles.Functions), [], out _) is not { } document)
            return;
        if (KeptFolders.Altered(FunctionsFile.Read(document, []).Functions) is [_, ..] altered)
            screen.Warn($"the code was changed after it was staged of: {string.Join(", ", altered)}", "deploy their template again, which stages it again; files of a function's own belong into /tmp");
    }
}

using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Schema.Files;

namespace Esb.Cli.Environments;

/// <summary>
/// Finds the configuration folder of a platform in process mode that an earlier version started. It was below the
/// working folder, which was not recorded. <see cref="RememberedEnvironment"/> records it when the platform starts
/// again.
/// </summary>
internal static class EarlierConfiguration
{
    private static readonly string[] ComposeFiles = ["docker-compose.docker.yml", "docker-compose.containerd.yml"];

    /// <returns>Null if there is none, or when it is already known.</returns>
    public static string? Of(PlatformSettings settings)
    {
        if (settings.IsInContainers
            || settings.ConfigFolderIsGiven
            || settings.ConfigFolder != settings.State.Configuration
            || Directory.Exists(settings.State.Configuration))
            return null;
        var known = KnownConfigurations.OwnFolders(settings.State).Where(HasContent).ToList();
        if (Here() is { } here && (settings.State.WasStarted
            ? known.Contains(here) || !IsOfCompose(here)
            : known.Contains(here) && !IsOfCompose(here)))
        {
            ProjectLinks.Refuse(here);
            return here;
        }

        return settings.State.WasStarted ? known.Where(folder => !IsOfCompose(folder)).MaxBy(LastWrite) : null;
    }

    /// <summary>
    /// The default configuration folder of Compose below the working folder, if it has files and no Compose file serves
    /// them.
    /// </summary>
    public static string? Unserved(string served) =>
        Here() is { } here && here != served && !IsOfCompose(here) ? here : null;

    private static string? Here() =>
        Path.GetFullPath(PlatformSettings.DefaultConfigFolder) is var folder && HasContent(folder) ? folder : null;

    private static bool HasContent(string folder) =>
        Directory.Exists(folder) && ConfigurationFiles.Names.Any(name => File.Exists(Path.Combine(folder, name)));

    private static bool IsOfCompose(string folder) =>
        folder.EndsWith("/" + PlatformSettings.DefaultConfigFolder, StringComparison.Ordinal)
            && folder[..^PlatformSettings.DefaultConfigFolder.Length] is var above
            && ComposeFiles.Any(file => File.Exists(above + file));

    private static DateTime LastWrite(string folder) =>
        ConfigurationFiles.Names.Max(name => File.GetLastWriteTimeUtc(Path.Combine(folder, name)));
}

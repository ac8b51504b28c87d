using Esb.Host.Files;
using Esb.Host.Logs;

namespace Esb.Cli.Settings;

/// <summary>Files near a project with settings of ESB, and files that such settings name.</summary>
internal static class SettingFiles
{
    private const long MostBytes = 1024 * 1024;

    // Files of examples have no secrets, and are part of what their author publishes.
    private static readonly string[] Examples = [".example", ".sample", ".template", ".dist"];

    private static readonly string[] SamConfigExtensions = [".toml", ".yaml", ".yml"];

    // Settings of esb, of AWS's SDKs and of OpenTelemetry that name a file with a secret.
    private static readonly string[] NamingOne =
    [
        SettingNames.TlsCertificate, SettingNames.TlsKey, "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "OTEL_EXPORTER_OTLP_CLIENT_KEY",
    ];

    /// <summary>
    /// The files of settings in these folders, also those of other environments: <c>.env</c> and <c>.env.NAME</c>,
    /// <c>NAME.env</c> with settings of ESB, and <c>samconfig</c> files.
    /// </summary>
    public static IReadOnlyList<string> In(IEnumerable<string> folders) =>
        [.. folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).SelectMany(Files).Where(IsOfSettings)];

    /// <summary>The files with keys, and the access log, that the environment or one of these files names.</summary>
    public static IReadOnlyList<string> NamedBy(IReadOnlyList<string> settings) =>
    [
        .. NamingOne.SelectMany(name => Values(name, settings)),
        .. Values("ACCESS_LOG", settings).SelectMany(LogRotation.Files),
        .. Values(SettingNames.TlsFolder, settings).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles),
    ];

    private static IEnumerable<string> Files(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // The code that reads a file in the folder reports the error.
        }
    }

    private static bool IsOfSettings(string file)
    {
        var name = Path.GetFileName(file);
        if (Examples.Any(e => name.EndsWith(e, StringComparison.Ordinal)))
            return false;
        return name == SettingSources.DefaultFile
            || name.StartsWith(SettingSources.DefaultFile + ".", StringComparison.Ordinal)
            || (name.StartsWith("samconfig", StringComparison.Ordinal)
                && SamConfigExtensions.Contains(Path.GetExtension(name)))
            || (name.EndsWith(SettingSources.DefaultFile, StringComparison.Ordinal) && HasSettings(file));
    }

    private static bool HasSettings(string file) =>
        Statx.Of(file) is { IsFile: true, Size: <= MostBytes }
        && KnownSettings.Own.Append(SettingNames.SecretAccessKey).Any(name => SettingLines.Of(name, file).Count > 0);

    // A relative path is relative to the file that gives it, or to the working folder.
    private static IEnumerable<string> Values(string name, IReadOnlyList<string> settings) =>
        settings.Where(file => Statx.Of(file) is { IsFile: true, Size: <= MostBytes })
            .SelectMany(file => SettingLines.Of(name, file)
                .Select(line => Absolute(line.Value.Trim('"', '\''), Path.GetDirectoryName(Path.GetFullPath(file))!)))
            .Append(Absolute(Environment.GetEnvironmentVariable(name) ?? "", Path.GetFullPath(".")))
            .OfType<string>();

    private static string? Absolute(string path, string folder) =>
        path.Length == 0 || path.Contains('\0') ? null : Path.GetFullPath(path, folder);
}

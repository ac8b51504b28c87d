using System.Collections;
using Esb.Host.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Settings;

/// <summary>
/// Finds misspelt names of settings, which have no effect. A <c>.env</c> file is written for ESB and is checked
/// closely; an environment has many other variables, of which only those similar to a name that only ESB has are
/// reported.
/// </summary>
internal static class MisspeltSettings
{
    private const int ShortestInFile = 5;
    private const int ShortestInEnvironment = 7;
    private const int LongName = 12;

    // Names with a common prefix that differ by a letter or two are often both correct.
    private static readonly string[] Families = ["AWS_", "OTEL_"];

    /// <summary>
    /// Checks the settings of a command, and those of earlier versions; a misspelt guard in <c>.env</c> is an error.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Of(PlatformSettings settings) =>
    [
        .. Of(
            settings.EnvFile.Keys,
            settings.Containers.EnvFilePath,
            Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => (string)v.Key)),
        .. FormerSettings.Of(settings),
    ];

    /// <param name="inFile">The names in a <c>.env</c> file.</param>
    /// <param name="file">The path of that file; null if there is none.</param>
    /// <param name="inEnvironment">The names in the environment.</param>
    internal static IReadOnlyList<Diagnostic> Of(
        IEnumerable<string> inFile, string? file, IEnumerable<string> inEnvironment) =>
    [
        .. Unknown(inFile).Select(name => OfFile(name, file)).OfType<Diagnostic>(),
        .. KnownSettings.Guards.SelectMany(guard => SettingLines.Unclear(guard, file)),
        .. Unknown(inEnvironment).Order(StringComparer.Ordinal).Select(OfEnvironment).OfType<Diagnostic>(),
    ];

    private static IEnumerable<string> Unknown(IEnumerable<string> names) =>
        names.Where(name => !KnownSettings.Own.Contains(name) && !KnownSettings.Common.Contains(name)
            && !KnownSettings.Foreign.Contains(name));

    private static Diagnostic? OfFile(string name, string? file)
    {
        var limit = Families.Any(f => name.StartsWith(f, StringComparison.Ordinal)) || name.Length < LongName ? 1 : 2;
        var meant = name.Length < ShortestInFile || IsEndpoint(name)
            ? null
            : Nearest(name, KnownSettings.Own.Concat(KnownSettings.Common), limit) ?? Guard(name);
        if (meant is null && !name.StartsWith(KnownSettings.OwnPrefix, StringComparison.OrdinalIgnoreCase))
            return null;
        var severity = meant is not null && KnownSettings.Guards.Contains(meant) ? Severity.Error : Severity.Warning;
        // The message has no place, since it would then be shown with the source line, which may contain a secret.
        var message = Message(name)
            + (SettingLines.Of(name, file) is [var (line, _), ..] ? $", line {line}" : "");
        return new Diagnostic(severity, DiagnosticCodes.Setting, message, file, Help: Help(meant));
    }

    private static Diagnostic? OfEnvironment(string name)
    {
        var isOwn = name.StartsWith(KnownSettings.OwnPrefix, StringComparison.OrdinalIgnoreCase);
        var limit = isOwn && name.Length > LongName ? 2 : 1;
        if (name.Length < ShortestInEnvironment || Nearest(name, KnownSettings.Own, limit) is not { } meant)
            return null;
        var message = $"{Message(name)}; it is set in the environment";
        return new Diagnostic(Severity.Warning, DiagnosticCodes.Setting, message, Help: Help(meant));
    }

    private static string? Nearest(string name, IEnumerable<string> known, int limit) => known
        .Select(k => (Name: k, Distance: EditDistance.Between(name, k)))
        .Where(k => k.Distance <= limit)
        .OrderBy(k => k.Distance)
        .ThenBy(k => k.Name, StringComparer.Ordinal)
        .FirstOrDefault().Name;

    private static string? Guard(string name)
    {
        var bare = name.ToUpperInvariant();
        foreach (var prefix in KnownSettings.GuardPrefixes.Where(p => bare.StartsWith(p, StringComparison.Ordinal)))
            bare = bare[prefix.Length..];
        return KnownSettings.NearGuards.FirstOrDefault(g => bare.StartsWith(g.Start, StringComparison.Ordinal)).Guard;
    }

    // Each AWS service has an endpoint variable of its own.
    private static bool IsEndpoint(string name) => name.StartsWith("AWS_ENDPOINT_URL_", StringComparison.Ordinal);

    private static string Message(string name) => $"the setting {name} is not used";

    private static string Help(string? meant) =>
        meant is null ? ".env.example names all settings" : $"did you mean {meant}?";
}

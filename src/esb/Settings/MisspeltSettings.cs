using System.Collections;
using Esb.Host.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Settings;

/// <summary>
/// Names of settings with a slip in them, which nobody reads. A <c>.env</c> file is written for ESB and is looked at
/// closely; an environment is full of names of others, of which only what is nearly a name of ESB alone counts.
/// </summary>
internal static class MisspeltSettings
{
    private const int ShortestInFile = 5;
    private const int ShortestInEnvironment = 7;
    private const int LongName = 12;

    // Names of the same family that differ by a letter or two are often both right.
    private static readonly string[] Families = ["AWS_", "OTEL_"];

    /// <summary>Of what a command was told; a guard that is misspelt in <c>.env</c> is an error.</summary>
    public static IReadOnlyList<Diagnostic> Of(PlatformSettings settings) =>
        Of(
            settings.EnvFile.Keys,
            settings.Containers.EnvFilePath,
            Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => (string)v.Key));

    /// <param name="inFile">The names in a <c>.env</c> file.</param>
    /// <param name="file">That file; null: none.</param>
    /// <param name="inEnvironment">The names in the environment.</param>
    internal static IReadOnlyList<Diagnostic> Of(
        IEnumerable<string> inFile, string? file, IEnumerable<string> inEnvironment) =>
    [
        .. Unknown(inFile).Select(name => OfFile(name, file)).OfType<Diagnostic>(),
        .. Unknown(inEnvironment).Order(StringComparer.Ordinal).Select(OfEnvironment).OfType<Diagnostic>(),
    ];

    private static IEnumerable<string> Unknown(IEnumerable<string> names) =>
        names.Where(name => !KnownSettings.Own.Contains(name) && !KnownSettings.Common.Contains(name));

    private static Diagnostic? OfFile(string name, string? file)
    {
        var slips = Families.Any(f => name.StartsWith(f, StringComparison.Ordinal)) || name.Length < LongName ? 1 : 2;
        var meant = name.Length < ShortestInFile || IsEndpoint(name)
            ? null
            : Nearest(name, KnownSettings.Own.Concat(KnownSettings.Common), slips);
        if (meant is null && !name.StartsWith(KnownSettings.OwnPrefix, StringComparison.OrdinalIgnoreCase))
            return null;
        var severity = meant is not null && KnownSettings.Guards.Contains(meant) ? Severity.Error : Severity.Warning;
        // Messages with a place are shown with their line of the file, and what stands in this one may be a secret.
        var line = LineOf(name, file);
        var message = line == 0 ? Message(name) : $"{Message(name)}, line {line}";
        return new Diagnostic(severity, DiagnosticCodes.Setting, message, file, Help: Help(meant));
    }

    private static Diagnostic? OfEnvironment(string name)
    {
        var isOwn = name.StartsWith(KnownSettings.OwnPrefix, StringComparison.OrdinalIgnoreCase);
        var slips = isOwn && name.Length > LongName ? 2 : 1;
        if (name.Length < ShortestInEnvironment || Nearest(name, KnownSettings.Own, slips) is not { } meant)
            return null;
        var message = $"{Message(name)}; it stands in the environment";
        return new Diagnostic(Severity.Warning, DiagnosticCodes.Setting, message, Help: Help(meant));
    }

    private static string? Nearest(string name, IEnumerable<string> known, int slips) => known
        .Select(k => (Name: k, Distance: EditDistance.Between(name, k)))
        .Where(k => k.Distance <= slips)
        .OrderBy(k => k.Distance)
        .ThenBy(k => k.Name, StringComparer.Ordinal)
        .FirstOrDefault().Name;

    // There is one for each service of AWS.
    private static bool IsEndpoint(string name) => name.StartsWith("AWS_ENDPOINT_URL_", StringComparison.Ordinal);

    private static string Message(string name) => $"nobody reads the setting {name}";

    private static string Help(string? meant) =>
        meant is null ? ".env.example names all settings" : $"did you mean {meant}?";

    private static int LineOf(string name, string? file)
    {
        if (file is null || !File.Exists(file))
            return 0;
        var at = File.ReadLines(file).TakeWhile(line => !Names(line, name)).Count() + 1;
        return at > File.ReadLines(file).Count() ? 0 : at;
    }

    private static bool Names(string line, string name)
    {
        var text = line.TrimStart('\uFEFF', ' ', '\t');
        text = text.StartsWith("export ", StringComparison.Ordinal) ? text["export ".Length..].TrimStart() : text;
        return text.StartsWith(name, StringComparison.Ordinal) && text[name.Length..].TrimStart().StartsWith('=');
    }
}

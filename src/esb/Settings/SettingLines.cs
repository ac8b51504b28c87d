using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Settings;

/// <summary>The lines of a <c>.env</c> file that give one setting.</summary>
internal static class SettingLines
{
    /// <returns>The number of each line, and the text after its <c>=</c>; empty without a file.</returns>
    public static IReadOnlyList<(int Line, string Value)> Of(string name, string? file)
    {
        if (file is null || !File.Exists(file))
            return [];
        var lines = OrdinaryFile.ReadText(file).ReplaceLineEndings("\n").Split('\n');
        return [.. lines.Index().Select(l => (l.Index + 1, ValueIn(l.Item, name))).Where(l => l.Item2 is not null)
            .Select(l => (l.Item1, l.Item2!))];
    }

    /// <summary>Reports a guard that is given twice with different values, or without a value.</summary>
    public static IEnumerable<Diagnostic> Unclear(string guard, string? file)
    {
        var given = Of(guard, file);
        if (given.Select(l => l.Value).Distinct(StringComparer.Ordinal).Count() > 1)
            yield return new Diagnostic(
                Severity.Error,
                DiagnosticCodes.Setting,
                $"{guard} is set more than once, on lines {string.Join(", ", given.Select(l => l.Line))}",
                file,
                Help: "remove all but one");
        else if (given is [{ Value: "" or "\"\"" or "''" } empty, ..])
            yield return new Diagnostic(
                Severity.Warning,
                DiagnosticCodes.Setting,
                $"{guard} has no value, line {empty.Line}",
                file,
                Help: "give it one, or remove the line");
    }

    private static string? ValueIn(string line, string name)
    {
        var text = line.TrimStart('\uFEFF', ' ', '\t');
        text = text.StartsWith("export ", StringComparison.Ordinal) ? text["export ".Length..].TrimStart() : text;
        if (!text.StartsWith(name, StringComparison.Ordinal))
            return null;
        var rest = text[name.Length..].TrimStart();
        return rest.StartsWith('=') ? rest[1..].Trim() : null;
    }
}

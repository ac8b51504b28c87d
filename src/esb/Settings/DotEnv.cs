using System.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Settings;

/// <summary>
/// A <c>.env</c> file: <c>KEY=VALUE</c> lines, <c>#</c> comments, an optional <c>export</c>. Values in single quotes
/// are taken literally. In double quotes, <c>\n \t \" \\ \$</c> are escapes. A value without quotes ends before
/// <c> #</c>. Variables are not expanded, so that a secret with a <c>$</c> is unchanged.
/// </summary>
internal static class DotEnv
{
    /// <exception cref="CommandFailure">A line is not valid.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text, string file)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (Assignment(line) is not var (key, value))
                throw InvalidLine(file, number);
            values[key] = value;
        }

        return values;
    }

    /// <summary>A line that <see cref="Parse"/> reads back as this value.</summary>
    public static string Line(string key, string value)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{key}=\"{escaped}\"\n";
    }

    private static (string Key, string Value)? Assignment(string line)
    {
        const string Export = "export ";
        var text = line.StartsWith(Export, StringComparison.Ordinal) ? line[Export.Length..].TrimStart() : line;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return null;
        var key = text[..equals].TrimEnd();
        return IsName(key) && Value(text[(equals + 1)..].TrimStart()) is { } value ? (key, value) : null;
    }

    private static bool IsName(string key) =>
        !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string? Value(string text) => text switch
    {
        ['\'', ..] => Quoted(text, escapes: false),
        ['"', ..] => Quoted(text, escapes: true),
        ['#', ..] => "",
        _ => text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? text[..comment].TrimEnd() : text,
    };

    // Null when the quote is not closed on this line, or is followed by something other than a comment.
    private static string? Quoted(string text, bool escapes)
    {
        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == text[0])
                return text[(i + 1)..].TrimStart() is "" or ['#', ..] ? value.ToString() : null;
            if (escapes && text[i] == '\\' && i + 1 < text.Length)
                value.Append(Escaped(text[++i]));
            else
                value.Append(text[i]);
        }

        return null;
    }

    private static string Escaped(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        '"' or '\\' or '$' => c.ToString(),
        _ => $"\\{c}",
    };

    // The line may hold a secret and is not shown.
    private static CommandFailure InvalidLine(string file, int line) => new(
        ExitCode.Usage,
        [new Diagnostic(
            Severity.Error,
            DiagnosticCodes.Setting,
            "this line is not KEY=VALUE",
            file,
            line,
            1,
            "write KEY=VALUE, KEY='VALUE' or # comment")]);
}

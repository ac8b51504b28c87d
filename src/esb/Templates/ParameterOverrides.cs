using Esb.Schema.Diagnostics;

namespace Esb.Cli.Templates;

/// <summary>
/// <c>--parameter-overrides</c> in both of SAM's spellings: <c>Key=Value Key2=Value2</c> and
/// <c>ParameterKey=K,ParameterValue=V</c>, any number of them in one or several arguments, also with
/// <c>file://PATH</c>. A later one wins.
/// </summary>
internal static class ParameterOverrides
{
    private const string LongKey = "ParameterKey=";
    private const string LongValue = ",ParameterValue=";

    /// <param name="arguments">The arguments, or the lines of a file.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    /// <param name="files">Receives the files that are read; null when nobody needs them.</param>
    /// <param name="namedBy">The file of the arguments; null for the command line.</param>
    /// <exception cref="CommandFailure">A file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Parse(
        IEnumerable<string> arguments, DiagnosticBag diagnostics, ParameterFiles? files = null, string? namedBy = null)
    {
        files ??= new ParameterFiles();
        var values = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        string? before = null;
        foreach (var pair in arguments.SelectMany(a => Split(a, diagnostics)))
        {
            if (IsFile(pair))
                foreach (var (name, value) in files.Read(ParameterFile.PathIn(pair), namedBy, diagnostics))
                    values[name] = value;
            else if (ParsePair(pair) is { } parsed)
                values[before = parsed.Key] = parsed.Value;
            else
                Wrong(
                    diagnostics,
                    $"--parameter-overrides has {Behind(before)} that is not a pair",
                    "allowed: Key=Value, ParameterKey=Key,ParameterValue=Value or file://PATH");
        }

        return values;
    }

    private static bool IsFile(string part) =>
        part.StartsWith(ParameterFile.Prefix, StringComparison.Ordinal) && part.Length > ParameterFile.Prefix.Length;

    private static bool IsWhole(string part) => IsFile(part) || ParsePair(part) is not null;

    // An argument with blanks is several pairs when each part is a pair, and one value with blanks when only the first
    // part is.
    private static List<string> Split(string argument, DiagnosticBag diagnostics)
    {
        var (parts, isClosed) = OutsideQuotes(argument);
        if (!isClosed)
        {
            Wrong(
                diagnostics,
                $"--parameter-overrides has a value of '{NameIn(argument)}' in which a quote is not closed",
                "write \\\" for a quote inside of a value in quotes");
            return [];
        }

        if (parts.Count < 2 || parts.All(IsWhole))
            return parts;
        // The part belongs to no known parameter, and the parameters after it would silently keep their defaults.
        if (parts.Skip(1).Any(IsWhole) || IsFile(parts[0]))
        {
            var last = parts.TakeWhile(IsWhole).Select(p => ParsePair(p)?.Key).OfType<string>().LastOrDefault();
            Wrong(
                diagnostics,
                $"--parameter-overrides has {Behind(last)} that belongs to no parameter",
                "put a value with blanks in quotes: Key=\"two words\"");
            return [];
        }

        return [argument.Trim()];
    }

    // A quote opens at the beginning of a part or value; after a backslash it is an ordinary character.
    private static (List<string> Parts, bool IsClosed) OutsideQuotes(string text)
    {
        List<string> parts = [];
        var start = 0;
        char? quote = null;
        for (var i = 0; i <= text.Length; i++)
        {
            var end = i == text.Length || (quote is null && char.IsWhiteSpace(text[i]));
            if (end && i > start)
                parts.Add(text[start..i]);
            if (end)
                start = i + 1;
            else if (text[i] == '\\')
                i = Math.Min(i + 1, text.Length - 1);
            else if (quote is null && text[i] is '"' or '\'' && (i == start || text[i - 1] == '='))
                quote = text[i];
            else if (text[i] == quote)
                quote = null;
        }

        return (parts, quote is null);
    }

    // A part that is not a name may belong to a password.
    private static string Behind(string? name) => name is null ? "a word" : $"a word after the value of '{name}'";

    private static string NameIn(string argument) => argument.Trim().Split('=')[0];

    private static void Wrong(DiagnosticBag diagnostics, string message, string help) =>
        diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.Setting, message, Help: help));

    private static (string Key, string Value)? ParsePair(string pair)
    {
        if (pair.StartsWith(LongKey, StringComparison.Ordinal))
        {
            var value = pair.IndexOf(LongValue, StringComparison.Ordinal);
            return value > LongKey.Length
                ? (Unquote(pair[LongKey.Length..value]), Unquote(pair[(value + LongValue.Length)..]))
                : null;
        }

        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !pair.AsSpan(0, equals).ContainsAny(" \t,")
            ? (Unquote(pair[..equals]), Unquote(pair[(equals + 1)..]))
            : null;
    }

    // Removes quotes and backslashes around blanks and quotes, as SAM does.
    private static string Unquote(string text) =>
        (text is ['"', .., '"'] or ['\'', .., '\''] ? text[1..^1] : text)
            .Replace("\\ ", " ", StringComparison.Ordinal)
            .Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("\\'", "'", StringComparison.Ordinal);
}

using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Templates;

/// <summary>
/// <c>--parameter-overrides</c> in both of SAM's spellings: <c>Key=Value Key2=Value2</c> and
/// <c>ParameterKey=K,ParameterValue=V</c>, as many as one likes in one argument or in several. A later one wins.
/// </summary>
internal static class ParameterOverrides
{
    private const string LongKey = "ParameterKey=";
    private const string LongValue = ",ParameterValue=";

    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> arguments, DiagnosticBag diagnostics)
    {
        var values = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in arguments.SelectMany(Split))
        {
            if (ParsePair(pair) is { } parsed)
                values[parsed.Key] = parsed.Value;
            else
                diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.Setting, $"--parameter-overrides has '{pair}'", Help: "allowed is Key=Value or ParameterKey=Key,ParameterValue=Value"));
        }

        return values;
    }

    // One argument with blanks is several pairs when each part is one, else one value with blanks in it.
    private static IReadOnlyList<string> Split(string argument)
    {
        var parts = OutsideQuotes(argument, char.IsWhiteSpace);
        return parts.Count > 1 && parts.All(p => ParsePair(p) is not null) ? parts : argument.Trim() is { Length: > 0 } whole ? [whole] : [];
    }

    private static List<string> OutsideQuotes(string text, Func<char, bool> separates)
    {
        List<string> parts = [];
        var start = 0;
        char? quote = null;
        for (var i = 0; i <= text.Length; i++)
        {
            var end = i == text.Length || (quote is null && separates(text[i]));
            if (end && i > start)
                parts.Add(text[start..i]);
            if (end)
                start = i + 1;
            else if (quote is null && text[i] is '"' or '\'')
                quote = text[i];
            else if (text[i] == quote)
                quote = null;
        }

        return parts;
    }

    private static (string Key, string Value)? ParsePair(string pair)
    {
        if (pair.StartsWith(LongKey, StringComparison.Ordinal))
        {
            var value = pair.IndexOf(LongValue, StringComparison.Ordinal);
            return value > LongKey.Length ? (Unquote(pair[LongKey.Length..value]), Unquote(pair[(value + LongValue.Length)..])) : null;
        }

        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !pair.AsSpan(0, equals).ContainsAny(" \t,") ? (Unquote(pair[..equals]), Unquote(pair[(equals + 1)..])) : null;
    }

    private static string Unquote(string text) =>
        text is ['"', .., '"'] or ['\'', .., '\''] ? text[1..^1] : text;
}

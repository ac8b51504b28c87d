using System.Text;
using System.Text.RegularExpressions;

namespace Esb.Cli.SupportBundles;

/// <summary>
/// Removes known values, and everything that looks like a credential, from a text. A pure function of values and text.
/// </summary>
internal sealed class Redaction
{
    private const string Placeholder = DocumentRedaction.Placeholder;

    // Shorter values would remove ordinary words from every log. A value that is secret by its name is also searched
    // for when it is short.
    private const int ShortestSecret = 4;
    private const int ShortestValue = 6;

    // Logs are untrusted input, so none of these patterns may backtrack.
    private static readonly Regex[] Credentials =
    [
        // The user and the password in a URL.
        new(@"(?<kept>\w+://)[^\s/@:""']+:[^\s/@""']+(?<after>@)", RegexOptions.NonBacktracking),
        // A token, and a JSON Web Token.
        new(
            @"(?<kept>\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}",
            RegexOptions.NonBacktracking | RegexOptions.IgnoreCase),
        new(@"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*", RegexOptions.NonBacktracking),
        // An access key id of AWS.
        new(@"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", RegexOptions.NonBacktracking),
        new(
            @"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)",
            RegexOptions.NonBacktracking),
    ];

    private readonly ValueSearch _values;
    private readonly ValueSearch _unescaped;

    /// <param name="secrets">The values to remove.</param>
    /// <param name="visible">Words that are also names; such a value is removed only if its own name marks it as a
    /// secret.</param>
    public Redaction(IEnumerable<SecretValue> secrets, IReadOnlySet<string> visible)
    {
        var searched = secrets.Where(secret => IsSearched(secret, visible)).Select(secret => secret.Value)
            .Distinct(StringComparer.Ordinal);

        List<string> spelled = [.. searched.SelectMany(Spellings.Of).Where(text => text.Length >= ShortestSecret)];
        _values = new ValueSearch(spelled);
        _unescaped = new ValueSearch(spelled.Select(text => UnescapedText.Of(text).Span.Trim().ToString())
            .Where(text => text.Length >= ShortestSecret));
    }

    /// <summary>The number of removals so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the value is searched for in all texts, and not only removed where it is configured.</summary>
    public static bool IsSearched(SecretValue secret, IReadOnlySet<string> visible) =>
        secret.IsSecretByName
            ? secret.Value.Length >= ShortestSecret
            : secret.Value.Length >= ShortestValue && !visible.Contains(secret.Value);

    /// <summary>The text without secrets.</summary>
    public string Apply(string text)
    {
        var clean = Patterns(Escaped(Known(text)));

        // What remains of two overlapping values may be another value.
        for (var again = 0; _values.IsIn(clean) || _unescaped.IsIn(UnescapedText.Of(clean).Span); again++)
            clean = again < 5 ? Escaped(Known(clean)) : Placeholder;
        return clean;
    }

    private string Known(string text)
    {
        var rest = text.AsSpan();
        StringBuilder? clean = null;
        while (_values.Find(rest) is ( >= 0 and var at, var length))
        {
            (clean ??= new StringBuilder(text.Length)).Append(rest[..at]).Append(Placeholder);
            rest = rest[(at + length)..];
            Count++;
        }

        return clean is null ? text : clean.Append(rest).ToString();
    }

    // Removes values, however they are escaped.
    private string Escaped(string text)
    {
        var unescaped = UnescapedText.Of(text);
        StringBuilder? clean = null;
        var (kept, searched) = (0, 0);
        while (_unescaped.Find(unescaped.Span[searched..]) is ( >= 0 and var at, var length))
        {
            var (start, end) = unescaped.Place(searched + at, length);
            (clean ??= new StringBuilder(text.Length)).Append(text.AsSpan(kept, start - kept)).Append(Placeholder);
            (kept, searched) = (end, searched + at + length);
            Count++;
        }

        return clean is null ? text : clean.Append(text.AsSpan(kept)).ToString();
    }

    private string Patterns(string text)
    {
        foreach (var pattern in Credentials)
        {
            text = pattern.Replace(text, match =>
            {
                Count++;
                return match.Groups["kept"].Value + Placeholder + match.Groups["after"].Value;
            });
        }

        return text;
    }
}

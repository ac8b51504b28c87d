using System.Text.RegularExpressions;

namespace Esb.Docs.Tests.Language;

/// <summary>
/// A phrase that no page may use, because it is a literal translation or because engineers use another word.
/// </summary>
/// <param name="Pattern">A regular expression for whole words.</param>
/// <param name="Better">What to write instead.</param>
internal sealed record Phrase(string Pattern, string Better)
{
    private readonly Regex _words = new($@"\b(?:{Pattern})\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

    /// <summary>All phrases.</summary>
    public static Phrase[] All { get; } =
    [
        new("stops? to", "no longer …, stops …ing"),
        new("mend(?:s|ed|ing)?", "fix, repair, correct"),
        new("anew", "again"),
        new("(?:is|are) none", "is not a …, there is no …"),
        new("an? own", "its own, a separate"),
        new("for who|for whoever", "for somebody who, for the caller"),
        new("what bec(?:omes|ame) of", "what happens to, how … is treated"),
        new("l(?:ies?|ay) ready", "is ready"),
        new("whosever", "whatever its owner"),
        new("(?:is|are|was|were|be) told from", "distinguished from"),
        new("hung up on", "closed, disconnected"),
        new("let go", "disconnected, released"),
        new("as ever", "as before"),
        new("of before", "earlier"),
        new("one's own", "your own, its own"),
        new("(?:is|are) (?:named|served|there) no more", "is no longer …"),
        new("in vain", "without success"),
        new("stands? (?:there|in the files?)", "is there, the file has"),
        new("hands? on", "passes on"),
        new("brings? along", "contains, provides"),
        new("for ever", "forever, permanently"),
        new("comes? of (?:it|that)", "results"),
        new("(?:who|whoever) waits behind", "requests that are queued behind"),
        new("(?:says?|said) who may call", "controls access"),
        new("(?:it|that|which|and) is no (?:JSON|number|URL|file|folder|archive)", "is not valid JSON, not a …"),
        new("is no (?:file|folder) any more", "is no longer a …"),
        new("ha(?:s|ve) a line", "is listed in the receipt"),
    ];

    /// <summary>Whether a text contains it.</summary>
    public bool IsIn(string text) => _words.IsMatch(text);
}

using System.Buffers;

namespace Esb.Schema.Http;

/// <summary>
/// What a header may contain, whether it comes from a file, a template or a function. The rule is defined only here.
/// Servers check names for HTTP/1.1 at most; in HTTP/2 a name with a line break is sent unchanged and becomes two
/// headers at the next HTTP/1.1 hop.
/// </summary>
public static class HeaderSyntax
{
    // RFC 9110, 5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // A tab is allowed in a value; CR, LF and other control characters are not, because they would end the header (RFC
    // 9110, 5.5).
    private static readonly SearchValues<char> NotInValue =
        SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Where(c => c != '\t').Select(c => (char)c)]);

    /// <summary>Whether a text is a token: the name of a header, or a method.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>Whether a text contains nothing that would end its line.</summary>
    public static bool IsValue(ReadOnlySpan<char> text) => !text.ContainsAny(NotInValue);
}

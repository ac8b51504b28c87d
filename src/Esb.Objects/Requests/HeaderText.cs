using System.Buffers;
using System.Globalization;
using System.Text;
using Esb.Schema.Http;

namespace Esb.Objects.Requests;

/// <summary>
/// Values of headers. Kestrel is configured to read and write them as Latin-1, so that bytes of any encoding are
/// returned unchanged.
/// </summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Converts text of a query or document to a header value with the bytes of its UTF-8.</summary>
    public static string FromUnicode(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static bool HasControlCharacters(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.Contains('\x7f');

    /// <summary>
    /// Whether a response header can carry the value: no control characters except tabs (RFC 9110, section 5.5).
    /// </summary>
    public static bool IsSendable(string value) => value.All(IsSendable);

    /// <summary>The value without the characters that a header cannot carry.</summary>
    public static string Sendable(string value) => IsSendable(value) ? value : string.Concat(value.Where(IsSendable));

    /// <summary>Whether the text is a header name: a token of RFC 9110, section 5.6.2.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    /// <summary>Whether a request has a header with a value.</summary>
    public static bool Has(IHeaderDictionary headers, string name) => headers[name].ToString().Length > 0;

    private static bool IsSendable(char c) => c is '\t' or (>= ' ' and not '\x7f' and <= '\xff');

    public static string HttpDate(DateTimeOffset time) => time.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// Parses an HTTP date; null when it is absent or invalid, because RFC 9110 says to ignore such conditions.
    /// </summary>
    public static DateTimeOffset? ParseHttpDate(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    public static string Quote(string etag) => $"\"{etag}\"";

    public static string Unquote(string etag)
    {
        var text = OptionalWhitespace.Trim(etag);
        if (text.StartsWith("W/", StringComparison.Ordinal))
            text = text[2..];
        return text.Trim('"');
    }
}

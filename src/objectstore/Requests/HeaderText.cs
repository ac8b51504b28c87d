using System.Globalization;
using System.Text;

namespace Esb.ObjectStore.Requests;

/// <summary>
/// Values of headers. Kestrel is told to read and write them as Latin-1, so that bytes of any encoding come back unchanged.
/// </summary>
internal static class HeaderText
{
    /// <summary>Text of a query or document, as the bytes of its UTF-8 in a header.</summary>
    public static string FromUnicode(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static bool HasControlCharacters(string text) => text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.Contains('\x7f');

    public static string HttpDate(DateTimeOffset time) => time.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>An HTTP date, or null when there is none or it is not one: RFC 9110 says to ignore such conditions.</summary>
    public static DateTimeOffset? ParseHttpDate(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static string Quote(string etag) => $"\"{etag}\"";

    public static string Unquote(string etag)
    {
        var text = etag.Trim();
        if (text.StartsWith("W/", StringComparison.Ordinal))
            text = text[2..];
        return text.Trim('"');
    }
}

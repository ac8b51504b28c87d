using System.Globalization;
using Esb.Objects.Errors;
using Esb.Schema.Http;

namespace Esb.Objects.Objects;

/// <summary>
/// One range of content (RFC 9110, section 14). S3 serves one range per request; a request for several gets the whole
/// object.
/// </summary>
internal sealed record ByteRange(long Start, long Length)
{
    /// <summary>
    /// Null when the header is absent, has several ranges or is not a byte range; such a header is ignored.
    /// </summary>
    /// <exception cref="S3Exception">InvalidRange when no byte of the range exists.</exception>
    public static ByteRange? Parse(string? header, long size)
    {
        const string unit = "bytes=";
        if (header is null || !header.StartsWith(unit, StringComparison.OrdinalIgnoreCase))
            return null;
        var text = OptionalWhitespace.Trim(header[unit.Length..]);
        var dash = text.IndexOf('-');
        if (dash < 0)
            return null;
        var (first, last) = (OptionalWhitespace.Trim(text[..dash]), OptionalWhitespace.Trim(text[(dash + 1)..]));
        return first.Length == 0 ? Suffix(header, last, size) : FromStart(header, first, last, size);
    }

    private static ByteRange? Suffix(string header, string length, long size)
    {
        if (!TryNumber(length, out var wanted))
            return null;
        var available = Math.Min(wanted, size);
        return available > 0 ? new ByteRange(size - available, available) : throw S3Errors.InvalidRange(header, size);
    }

    private static ByteRange? FromStart(string header, string first, string last, long size)
    {
        if (!TryNumber(first, out var start))
            return null;
        var end = size - 1;
        if (last.Length > 0)
        {
            if (!TryNumber(last, out var wanted) || wanted < start)
                return null;
            end = Math.Min(wanted, end);
        }

        return start < size ? new ByteRange(start, end - start + 1) : throw S3Errors.InvalidRange(header, size);
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

using System.Buffers;

namespace Esb.Schema.Routing;

/// <summary>
/// Well-formed patterns that no request reaches as intended. Sources: RFC 3986, 3.3 and 5.2.4; API Gateway, whose path
/// parts have letters, digits and a few other characters, and whose only wildcard is <c>{name+}</c>.
/// </summary>
public static class UnreachablePath
{
    private static readonly SearchValues<char> OfNames = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:$@,~");

    /// <summary>Why no request reaches it; null when requests do.</summary>
    public static string? Reason(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path == RoutePattern.Default)
            return null;
        if (path.Contains('?'))
            return "it has a '?': a query is not part of the path";
        if (path.Contains('#'))
            return "it has a '#': what follows is never sent";
        return path.Split('/').Select(OfSegment).FirstOrDefault(r => r is not null);
    }

    private static string? OfSegment(string segment)
    {
        if (segment is ['{', .. var inner, '}'])
        {
            var name = inner.EndsWith('+') ? inner[..^1] : inner;
            return name.AsSpan().ContainsAnyExcept(OfNames)
                ? $"'{segment}' is not a variable: names have letters, digits and any of ._-:$@,~, "
                + $"and {{name+}} takes what follows"
                : null;
        }

        if (segment.Contains('*'))
            return $"'{segment}' has a '*', which is not a wildcard; {{name}} takes one segment, "
                + $"{{name+}} everything that follows";
        if (HasBrokenEscape(segment))
            return $"'{segment}' has a '%' that is not followed by two hexadecimal digits";
        // Some programs decode encoded characters, treat a backslash as a slash, or ignore what follows a semicolon.
        return Uri.UnescapeDataString(segment).Split('/', '\\').Any(s => s.Split(';', 2)[0] is "." or "..")
            ? "it has dot segments, which clients resolve before they send a request"
            : null;
    }

    private static bool HasBrokenEscape(string segment)
    {
        for (var at = segment.IndexOf('%'); at >= 0; at = segment.IndexOf('%', at + 1))
        {
            if (at + 2 >= segment.Length
                || !char.IsAsciiHexDigit(segment[at + 1])
                || !char.IsAsciiHexDigit(segment[at + 2]))
                return true;
        }

        return false;
    }
}

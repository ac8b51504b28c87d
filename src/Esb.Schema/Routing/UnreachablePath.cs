using System.Buffers;

namespace Esb.Schema.Routing;

/// <summary>
/// Patterns of the right form that no request reaches as they are meant. Sources: RFC 3986, 3.3 and 5.2.4; API Gateway, whose path parts have
/// letters, digits and a few signs, and whose only wildcard is <c>{name+}</c>.
/// </summary>
public static class UnreachablePath
{
    private static readonly SearchValues<char> OfNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:$@,~");

    /// <summary>Why no request reaches it; null when requests do.</summary>
    public static string? Reason(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path == RoutePattern.Default)
            return null;
        if (path.Contains('?'))
            return "it has a '?': a query is no part of the path";
        if (path.Contains('#'))
            return "it has a '#': what follows is never sent";
        return path.Split('/').Select(OfSegment).FirstOrDefault(r => r is not null);
    }

    private static string? OfSegment(string segment)
    {
        if (segment is ['{', .. var inner, '}'])
        {
            var name = inner.EndsWith('+') ? inner[..^1] : inner;
            return name.AsSpan().ContainsAnyExcept(OfNames) ? $"'{segment}' is no variable: names have letters, digits and any of ._-:$@,~, and {{name+}} takes what follows" : null;
        }

        if (segment.Contains('*'))
            return $"'{segment}' has a '*', which is no wildcard; {{name}} takes one segment, {{name+}} whatever follows";
        if (HasBrokenEscape(segment))
            return $"'{segment}' has a '%' without two hexadecimal digits behind it";
        // Some programs take what is encoded, a backslash, or a semicolon for what it stands for.
        return Uri.UnescapeDataString(segment).Split('/', '\\').Any(s => s.Split(';', 2)[0] is "." or "..") ? "it has dot segments, which clients resolve before they send" : null;
    }

    private static bool HasBrokenEscape(string segment)
    {
        for (var at = segment.IndexOf('%'); at >= 0; at = segment.IndexOf('%', at + 1))
        {
            if (at + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[at + 1]) || !char.IsAsciiHexDigit(segment[at + 2]))
                return true;
        }

        return false;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Esb.Schema.Routing;

/// <summary>
/// The canonical spelling of a path: characters that may be in a path are written unchanged, and all others are
/// percent-encoded in upper case. Slashes stay as they are, because an encoded slash separates nothing. Source: RFC
/// 3986, 3.3 and 6.2.2.
/// </summary>
public static class CanonicalPath
{
    private const char Slash = '/';

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/");

    /// <summary>
    /// Whether a path is certainly in canonical spelling. Allocates nothing; <see cref="Of"/> handles paths with
    /// encoded characters.
    /// </summary>
    public static bool IsPlain(ReadOnlySpan<char> path) =>
        !path.ContainsAnyExcept(Plain) && !path.Contains("/.", StringComparison.Ordinal);

    /// <summary>
    /// The path in canonical spelling; null when it has dot segments in any spelling, because programs differ about
    /// where these lead.
    /// </summary>
    public static string? Of(ReadOnlySpan<char> path)
    {
        var spelled = new StringBuilder(path.Length + 16);
        while (!path.IsEmpty)
            path = path[Append(spelled, path)..];
        var text = spelled.ToString();
        return HasDotSegment(text) ? null : text;
    }

    /// <summary>Reduces runs of slashes to one, because many programs treat them alike.</summary>
    public static string WithSingleSlashes(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }

    // Returns the number of consumed characters.
    private static int Append(StringBuilder spelled, ReadOnlySpan<char> path)
    {
        if (path is ['%', var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low))
        {
            AppendByte(
                spelled,
                byte.Parse(path[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                keepSlash: false);
            return 3;
        }

        Rune.DecodeFromUtf16(path, out var rune, out var taken);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            AppendByte(spelled, b, keepSlash: true);
        return taken;
    }

    private static void AppendByte(StringBuilder spelled, byte value, bool keepSlash)
    {
        var character = (char)value;
        if (Plain.Contains(character) && (keepSlash || character != Slash))
            spelled.Append(character);
        else
            spelled.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
    }

    // Functions decode what is encoded, and some treat a backslash as a slash or ignore what follows a semicolon.
    private static bool HasDotSegment(string path)
    {
        if (!path.Contains('.', StringComparison.Ordinal))
            return false;
        var separated = path.Replace("%2F", "/", StringComparison.Ordinal)
            .Replace("%5C", "/", StringComparison.Ordinal);
        return Array.Exists(separated.Split(Slash), segment => segment.Split(';', 2)[0] is "." or "..");
    }
}

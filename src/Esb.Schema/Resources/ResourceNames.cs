using System.Buffers;

namespace Esb.Schema.Resources;

/// <summary>The rules for the names of tables and buckets.</summary>
public static class ResourceNames
{
    private static readonly SearchValues<char> InTable = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");
    private static readonly SearchValues<char> InBucket = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    // Source: Amazon S3 User Guide, "General purpose bucket naming rules".
    private static readonly string[] Reserved = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <summary>3 to 255 letters, digits, underscores, dots and dashes.</summary>
    public static bool IsTable(string name) =>
        name.Length is >= 3 and <= 255 && !name.AsSpan().ContainsAnyExcept(InTable);

    /// <summary>
    /// 3 to 63 lower-case letters, digits, dots and dashes, with a letter or digit at both ends, no two consecutive
    /// dots, not an IP address, and not reserved by S3. Source: Amazon S3 User Guide, "General purpose bucket naming
    /// rules".
    /// </summary>
    public static bool IsBucket(string name) =>
        name.Length is >= 3 and <= 63
            && !name.AsSpan().ContainsAnyExcept(InBucket)
            && char.IsAsciiLetterOrDigit(name[0])
            && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
            && !(name.Count(c => c == '.') == 3 && name.All(c => c == '.' || char.IsAsciiDigit(c)))
        && !name.StartsWith("xn--", StringComparison.Ordinal)
            && !name.StartsWith("sthree-", StringComparison.Ordinal)
            && !name.StartsWith("amzn-s3-demo-", StringComparison.Ordinal)
            && !Reserved.Any(s => name.EndsWith(s, StringComparison.Ordinal));
}

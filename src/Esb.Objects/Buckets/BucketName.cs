using System.Buffers;
using System.Net;
using Esb.Objects.Errors;

namespace Esb.Objects.Buckets;

/// <summary>
/// The rules for bucket names. A valid name is safe as a folder name. Source: Amazon S3 User Guide, "General purpose
/// bucket naming rules".
/// </summary>
internal static class BucketName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] ReservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <exception cref="S3Exception">InvalidBucketName.</exception>
    public static void Verify(string name)
    {
        var valid = name.Length is >= 3 and <= 63
            && !name.AsSpan().ContainsAnyExcept(Allowed)
            && char.IsAsciiLetterOrDigit(name[0])
            && char.IsAsciiLetterOrDigit(name[^1])
            && !name.Contains("..", StringComparison.Ordinal)
            && !(name.Count(c => c == '.') == 3 && IPAddress.TryParse(name, out _))
            && !ReservedPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal))
            && !ReservedSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal));
        if (!valid)
            throw S3Errors.InvalidBucketName(name);
    }
}

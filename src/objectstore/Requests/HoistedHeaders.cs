using Esb.ObjectStore.Checksums;
using Esb.ObjectStore.Errors;

namespace Esb.ObjectStore.Requests;

/// <summary>
/// SDKs put the <c>x-amz-…</c> headers of a request that they presign into its query, where they are signed with the rest of it. They count as if
/// they were headers.
/// </summary>
internal static class HoistedHeaders
{
    private const string Prefix = "x-amz-";

    // How the URL is signed. The hash of the body has its own reader, if it is written as presigners write it.
    private static readonly HashSet<string> OfSignature = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
    };

    /// <summary>Whether a parameter stands for a header.</summary>
    public static bool Is(string parameter) =>
        parameter.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !OfSignature.Contains(parameter) && parameter != "X-Amz-Content-Sha256";

    /// <summary>Adds the parameters to the headers of an authenticated request.</summary>
    /// <exception cref="S3Exception">One cannot be a header, or is one already and says something else.</exception>
    public static void MoveTo(IHeaderDictionary headers, QueryParameters query)
    {
        foreach (var (name, value) in query.All)
        {
            if (!Is(name) || IsOfNothing(name, value))
                continue;
            var text = HeaderText.FromUnicode(value);
            if (!HeaderText.IsName(name) || !HeaderText.IsSendable(text))
                throw S3Errors.InvalidArgument(name, value, "The parameter stands for a header and has characters that no header has.");
            if (headers.TryGetValue(name, out var sent) && sent.ToString() != text)
                throw S3Errors.InvalidArgument(name, value, "The parameter stands for a header that is there already and says something else.");
            headers[name] = text;
        }
    }

    // An SDK that presigns before there is a body promises, unasked, the checksum of no bytes at all. S3 does not hold whoever uses the URL to it.
    private static bool IsOfNothing(string name, string value) =>
        name.Equals("x-amz-sdk-checksum-algorithm", StringComparison.OrdinalIgnoreCase)
        || (ChecksumAlgorithm.ByHeader(name) is { } algorithm && value == algorithm.OfNothing);
}

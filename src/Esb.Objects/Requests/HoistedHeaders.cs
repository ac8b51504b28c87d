using Esb.Objects.Checksums;
using Esb.Objects.Errors;

namespace Esb.Objects.Requests;

/// <summary>
/// Headers that became query parameters: when SDKs presign a request, they move its <c>x-amz-…</c> headers into the
/// query, where they are signed too. Such parameters count as headers.
/// </summary>
internal static class HoistedHeaders
{
    private const string Prefix = "x-amz-";

    // Parameters of the signature itself. The hash of the body is read elsewhere if it has the spelling of presigners.
    private static readonly HashSet<string> OfSignature = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
    };

    /// <summary>Whether a parameter stands for a header.</summary>
    public static bool Is(string parameter) =>
        parameter.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && !OfSignature.Contains(parameter)
            && parameter != "X-Amz-Content-Sha256";

    /// <summary>Adds the parameters to the headers of an authenticated request.</summary>
    /// <exception cref="S3Exception">
    /// A parameter cannot be a header, or the header is present with another value.
    /// </exception>
    public static void MoveTo(IHeaderDictionary headers, QueryParameters query)
    {
        foreach (var (name, value) in query.All)
        {
            if (!Is(name) || IsOfNothing(name, value))
                continue;
            var text = HeaderText.FromUnicode(value);
            if (!HeaderText.IsName(name) || !HeaderText.IsSendable(text))
                throw S3Errors.InvalidArgument(
                    name, value, "The parameter stands for a header and has characters that a header cannot contain.");
            if (headers.TryGetValue(name, out var sent) && sent.ToString() != text)
                throw S3Errors.InvalidArgument(
                    name, value, "The parameter stands for a header that is present with another value.");
            headers[name] = text;
        }
    }

    // An SDK that presigns before there is a body also adds the checksum of an empty body. S3 does not apply it to
    // requests with the URL.
    private static bool IsOfNothing(string name, string value) =>
        name.Equals("x-amz-sdk-checksum-algorithm", StringComparison.OrdinalIgnoreCase)
        || (ChecksumAlgorithm.ByHeader(name) is { } algorithm && value == algorithm.OfNothing);
}

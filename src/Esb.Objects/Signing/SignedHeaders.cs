using Esb.Objects.Errors;

namespace Esb.Objects.Signing;

/// <summary>
/// The headers that a signature must cover: the host and every <c>x-amz-*</c> header that is present. Otherwise
/// somebody with a presigned URL could add, for example, a copy source.
/// </summary>
internal static class SignedHeaders
{
    public static void Verify(IHeaderDictionary headers, IReadOnlyList<string> signed)
    {
        // Each signed header is written out with its value before it is known whether the signature is right.
        if (signed.Distinct(StringComparer.Ordinal).Count() < signed.Count)
            throw S3Errors.InvalidRequest("A signed header is named twice.");
        if (!signed.Contains("host"))
            throw AccessErrors.HeadersNotSigned("host");
        foreach (var name in headers.Keys)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && !signed.Contains(name.ToLowerInvariant()))
                throw AccessErrors.HeadersNotSigned(name.ToLowerInvariant());
        }
    }
}

using Esb.ObjectStore.Errors;

namespace Esb.ObjectStore.Signing;

/// <summary>
/// Which headers a signature has to cover: the host and every <c>x-amz-*</c> header that is there. Otherwise someone who holds a
/// presigned URL could add, say, a copy source to it.
/// </summary>
internal static class SignedHeaders
{
    public static void Verify(IHeaderDictionary headers, IReadOnlyList<string> signed)
    {
        // Each is written out with its value before anybody knows whether the signature is right.
        if (signed.Distinct(StringComparer.Ordinal).Count() < signed.Count)
            throw S3Errors.InvalidRequest("A signed header is named twice.");
        if (!signed.Contains("host"))
            throw AccessErrors.HeadersNotSigned("host");
        foreach (var name in headers.Keys)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !signed.Contains(name.ToLowerInvariant()))
                throw AccessErrors.HeadersNotSigned(name.ToLowerInvariant());
        }
    }
}

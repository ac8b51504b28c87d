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
        if (!signed.Contains("host"))
            throw AccessErrors.HeadersNotSigned("host");
        foreach (var name in headers.Keys)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !signed.Contains(name.ToLowerInvariant()))
                throw AccessErrors.HeadersNotSigned(name.ToLowerInvariant());
        }
    }
}

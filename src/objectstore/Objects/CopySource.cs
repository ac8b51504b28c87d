using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Requests;
using Esb.ObjectStore.Storage;

namespace Esb.ObjectStore.Objects;

/// <summary>
/// The object that <c>x-amz-copy-source: /bucket/key</c> names (percent-encoded), if its conditions are met.
/// </summary>
internal static class CopySource
{
    public const string Header = "x-amz-copy-source";

    public static OpenObject Open(S3Request request, BucketCatalog catalog)
    {
        var (bucket, key) = Parse(request.Header(Header) ?? "");
        request.VerifyAccess(bucket, key, "s3:GetObject");
        var source = catalog.Require(bucket).Open(key);
        try
        {
            return Preconditions.OfCopySource.Verify(request, source.Metadata)
                ? source
                : throw S3Errors.PreconditionFailed("x-amz-copy-source-If-None-Match");
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public static (string Bucket, string Key) Parse(string header)
    {
        var question = header.IndexOf("?versionId=", StringComparison.Ordinal);
        if (question >= 0 && header[(question + 11)..] is not "null" and var version)
            throw S3Errors.NoSuchVersion(version);
        var path = UriText.Decode(question < 0 ? header : header.AsSpan(0, question)).TrimStart('/');
        var slash = path.IndexOf('/');
        return slash > 0 && slash < path.Length - 1
            ? (path[..slash], path[(slash + 1)..])
            : throw S3Errors.InvalidArgument(
                Header, header, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
}

using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>
/// The object that <c>x-amz-copy-source: /bucket/key</c> names (percent-encoded), if its conditions are met.
/// </summary>
internal static class CopySource
{
    public const string Header = "x-amz-copy-source";

    private const string VersionParameter = "?versionId=";

    public static OpenObject Open(S3Request request, BucketCatalog catalog)
    {
        var (name, key, versionId) = Parse(request.Header(Header) ?? "");
        request.Access.VerifySource(name, key, versionId);
        var bucket = catalog.Require(name);
        var source = Open(request, bucket, key, versionId);
        try
        {
            ObjectAnswer.NameVersion(request.Response, bucket, source.Metadata, "x-amz-copy-source-version-id");
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

    public static (string Bucket, string Key, string? VersionId) Parse(string header)
    {
        var question = header.IndexOf(VersionParameter, StringComparison.Ordinal);
        var version = question < 0 ? null : UriText.Decode(header.AsSpan(question + VersionParameter.Length));
        var path = UriText.Decode(question < 0 ? header : header.AsSpan(0, question)).TrimStart('/');
        var slash = path.IndexOf('/');
        return slash > 0 && slash < path.Length - 1
            ? (path[..slash], path[(slash + 1)..], VersionId.Verified(Header, version))
            : throw S3Errors.InvalidArgument(
                Header, header, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    private static OpenObject Open(S3Request request, Bucket bucket, string key, string? versionId)
    {
        try
        {
            return bucket.Open(key, versionId);
        }
        catch (S3Exception e) when (e.Code == "MethodNotAllowed")
        {
            throw S3Errors.InvalidRequest(
                "The source of a copy request may not specifically refer to a delete marker by version id.");
        }
        catch (S3Exception e)
        {
            throw request.Access.Shown(e, bucket.Name);
        }
    }
}

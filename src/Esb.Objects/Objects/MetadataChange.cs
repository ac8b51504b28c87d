using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>
/// Changes the metadata of an existing version. They are part of its file, so the file is rewritten; ETag and date do
/// not change. If the version is replaced or changed meanwhile, the operation is retried on what is there then.
/// </summary>
internal static class MetadataChange
{
    public static async Task ApplyAsync(
        S3Request request,
        BucketCatalog catalog,
        Func<ObjectMetadata, ObjectMetadata> change,
        CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        while (true)
        {
            using var opened = bucket.Open(request.Key, request.VersionId);
            var changed = change(opened.Metadata);
            using var digests = new ContentDigests(algorithm: null);
            using var content = bucket.NewTemporaryFile();
            var payload = opened.Content(0, opened.Metadata.Size);
            await ContentCopy.RunAsync(payload, content.Stream, digests, long.MaxValue, cancellation);
            if (!bucket.TryChange(request.VersionId, opened.Metadata, content, changed))
                continue;
            ObjectAnswer.NameVersion(request.Response, bucket, changed);
            return;
        }
    }
}

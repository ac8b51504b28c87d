using Esb.Objects.Locking;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>
/// PutObject: the content is written to a temporary file, verified, and becomes the object by a single rename.
/// </summary>
internal sealed class ObjectWrites(BucketCatalog catalog, TimeProvider clock)
{
    public async Task PutAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var description = ObjectDescription.From(request);
        var condition = WriteCondition.OfWrite(request);
        var objectLock = bucket.Settings.ObjectLock;
        var protection = LockHeaders.Read(request.Headers, objectLock, clock.GetUtcNow());
        if (protection is not null || objectLock is { HasDefault: true })
            LockHeaders.VerifyDigest(request.Headers, "Put Object requests with Object Lock parameters");
        bucket.Verify(request.Key, condition);
        var body = RequestBody.Open(request);

        using var content = bucket.NewTemporaryFile();
        var received = await body.CopyToAsync(content.Stream, cancellation);
        var metadata = new ObjectMetadata
        {
            Key = request.Key,
            Size = received.Size,
            ETag = received.ETag,
            LastModified = clock.GetUtcNow(),
            Headers = description.Headers,
            UserMetadata = description.UserMetadata,
            Tags = description.Tags,
            Checksum = received.Checksum,
            Protection = protection,
        };
        ObjectAnswer.Written(request.Response, bucket.Commit(content, metadata, condition));
    }
}

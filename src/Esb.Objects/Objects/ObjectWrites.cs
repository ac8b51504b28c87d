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
        var condition = WriteCondition.From(request);
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
        };
        bucket.Commit(content, metadata, condition);
        ObjectAnswer.Written(request.Response, metadata);
    }
}

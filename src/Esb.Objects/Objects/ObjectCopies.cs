using Esb.Objects.Checksums;
using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>
/// CopyObject. The content is read and written again, because the copy of a multipart object has its own ETag.
/// </summary>
internal sealed class ObjectCopies(BucketCatalog catalog, TimeProvider clock)
{
    public async Task CopyAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        using var source = CopySource.Open(request, catalog);
        var replaces = Replaces(request, "x-amz-metadata-directive");
        RefusePointlessCopy(request, bucket, replaces);
        var condition = WriteCondition.OfWrite(request);
        var protection = LockHeaders.Read(request.Headers, bucket.Settings.ObjectLock, clock.GetUtcNow());
        bucket.Verify(request.Key, condition);

        var described = ObjectDescription.From(request);
        var replacesTags = Replaces(request, "x-amz-tagging-directive");
        if (!replacesTags && source.Metadata.Tags.Count > 0)
            request.Access.VerifySourceTags(source.Metadata.Tags);
        using var digests = new ContentDigests(ChecksumOf(request, source.Metadata));
        using var content = bucket.NewTemporaryFile();
        var payload = source.Content(0, source.Metadata.Size);
        await ContentCopy.RunAsync(payload, content.Stream, digests, RequestBody.LargestUpload, cancellation);
        var copied = digests.Finish();
        var made = new ObjectMetadata
        {
            Key = request.Key,
            Size = copied.Size,
            ETag = copied.ETag,
            LastModified = clock.GetUtcNow(),
            Headers = replaces ? described.Headers : source.Metadata.Headers,
            UserMetadata = replaces ? described.UserMetadata : source.Metadata.UserMetadata,
            Tags = replacesTags ? described.Tags : source.Metadata.Tags,
            Checksum = copied.Checksum,
            Protection = protection,
        };
        ObjectAnswer.NameWritten(request.Response, bucket.Commit(content, made, condition));
        await request.AnswerXmlAsync(CopyAnswer.Write("CopyObjectResult", made), cancellation);
    }

    private static bool Replaces(S3Request request, string directive) => request.Header(directive) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other =>
            throw S3Errors.InvalidArgument(directive, other, $"Unknown {directive}: it must be COPY or REPLACE"),
    };

    private static ChecksumAlgorithm? ChecksumOf(S3Request request, ObjectMetadata source) =>
        request.Header("x-amz-checksum-algorithm") is { } name
            ? ChecksumAlgorithm.Named("x-amz-checksum-algorithm", name)
            : source.Checksum?.Algorithm;

    // A copy of an old version onto its key makes it the current one.
    private static void RefusePointlessCopy(S3Request request, Bucket bucket, bool replaces)
    {
        var source = CopySource.Parse(request.Header(CopySource.Header)!);
        var isOldVersion = source.VersionId is not null && bucket.Settings.IsVersioned;
        if (!replaces && !isOldVersion && (source.Bucket, source.Key) == (request.Bucket, request.Key))
        {
            throw S3Errors.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the "
                    + "object's metadata.");
        }
    }
}

using Esb.Objects.Checksums;
using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Objects;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Multipart;

/// <summary>UploadPart and UploadPartCopy.</summary>
internal sealed class PartOperations(BucketCatalog catalog, TimeProvider clock)
{
    /// <summary>The largest part number, which is also the maximum number of parts.</summary>
    public const int LargestNumber = 10_000;

    public async Task UploadAsync(S3Request request, CancellationToken cancellation)
    {
        var (bucket, upload, number) = Locate(request);
        if (upload.Protection is not null || bucket.Settings.ObjectLock is { HasDefault: true })
            LockHeaders.VerifyDigest(request.Headers, "Upload Part requests with Object Lock parameters");
        var body = RequestBody.Open(request, algorithm: AlgorithmOf(upload));
        using var content = bucket.NewTemporaryFile();
        var part = Describe(upload, await body.CopyToAsync(content.Stream, cancellation));
        bucket.Uploads.PutPart(upload, number, content, part);
        ObjectAnswer.Written(request.Response, part);
    }

    public async Task CopyAsync(S3Request request, CancellationToken cancellation)
    {
        var (bucket, upload, number) = Locate(request);
        using var source = CopySource.Open(request, catalog);
        var range = Range(request.Header("x-amz-copy-source-range"), source.Metadata.Size);
        using var digests = new ContentDigests(AlgorithmOf(upload));
        using var content = bucket.NewTemporaryFile();
        var payload = source.Content(range.Start, range.Length);
        await ContentCopy.RunAsync(payload, content.Stream, digests, RequestBody.LargestUpload, cancellation);
        var part = Describe(upload, digests.Finish());
        bucket.Uploads.PutPart(upload, number, content, part);
        await request.AnswerXmlAsync(CopyAnswer.Write("CopyPartResult", part), cancellation);
    }

    private static ByteRange Range(string? header, long size)
    {
        if (header is null)
            return new ByteRange(0, size);
        var range = ByteRange.Parse(header, size);
        return range is not null && header.EndsWith($"-{range.Start + range.Length - 1}", StringComparison.Ordinal)
            ? range
            : throw S3Errors.InvalidArgument(
                "x-amz-copy-source-range",
                header,
                $"The x-amz-copy-source-range value must be of the form bytes=first-last within the {size} bytes of "
                    + "the source");
    }

    private static ChecksumAlgorithm? AlgorithmOf(UploadRecord upload) =>
        upload.ChecksumAlgorithm is { } name ? ChecksumAlgorithm.Named("ChecksumAlgorithm", name) : null;

    private (Bucket Bucket, UploadRecord Upload, int Number) Locate(S3Request request)
    {
        var bucket = catalog.Require(request.Bucket);
        var number = request.Query.Number("partNumber", whenAbsent: 0);
        return number is >= 1 and <= LargestNumber
            ? (bucket, bucket.Uploads.Require(request.Query["uploadId"]!, request.Key), number)
            : throw S3Errors.InvalidArgument(
                "partNumber",
                $"{number}",
                $"Part number must be an integer between 1 and {LargestNumber}, inclusive");
    }

    private ObjectMetadata Describe(UploadRecord upload, ReceivedContent content) => new()
    {
        Key = upload.Key,
        Size = content.Size,
        ETag = content.ETag,
        LastModified = clock.GetUtcNow(),
        Checksum = content.Checksum,
    };
}

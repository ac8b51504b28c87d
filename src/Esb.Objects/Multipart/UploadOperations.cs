using Esb.Objects.Checksums;
using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Objects;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Multipart;

/// <summary>CreateMultipartUpload and AbortMultipartUpload.</summary>
internal sealed class UploadOperations(BucketCatalog catalog, TimeProvider clock)
{
    public async Task CreateAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var description = ObjectDescription.From(request);
        var protection = LockHeaders.Read(request.Headers, bucket.Settings.ObjectLock, clock.GetUtcNow());
        var (algorithm, type) = ChecksumWanted(request);
        var upload = new UploadRecord
        {
            UploadId = UploadFolder.NewId(),
            Key = request.Key,
            Initiated = clock.GetUtcNow(),
            Headers = description.Headers,
            UserMetadata = description.UserMetadata,
            Tags = description.Tags,
            ChecksumAlgorithm = algorithm?.Name,
            ChecksumType = type,
            Protection = protection,
        };
        bucket.Uploads.Create(upload);

        if (algorithm is not null)
        {
            request.Response.Headers["x-amz-checksum-algorithm"] = algorithm.Name;
            request.Response.Headers["x-amz-checksum-type"] = type;
        }

        var answer = S3Document.Write("InitiateMultipartUploadResult", xml =>
        {
            xml.Element("Bucket", bucket.Name);
            xml.Element("Key", upload.Key);
            xml.Element("UploadId", upload.UploadId);
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    public Task AbortAsync(S3Request request, CancellationToken cancellation)
    {
        var uploads = catalog.Require(request.Bucket).Uploads;
        uploads.Remove(uploads.Require(request.Query["uploadId"]!, request.Key));
        request.AnswerNothing(204);
        return Task.CompletedTask;
    }

    // Defaults and allowed combinations are those of the table in "Checking object integrity in Amazon S3".
    private static (ChecksumAlgorithm? Algorithm, string? Type) ChecksumWanted(S3Request request)
    {
        if (request.Header("x-amz-checksum-algorithm") is not { } name)
            return (null, null);
        var algorithm = ChecksumAlgorithm.Named("x-amz-checksum-algorithm", name);
        var byDefault = algorithm == ChecksumAlgorithm.Crc64Nvme ? Checksum.FullObject : Checksum.Composite;
        var type = request.Header("x-amz-checksum-type") ?? byDefault;
        var possible = type switch
        {
            Checksum.FullObject => algorithm.CoversWholeMultipart,
            Checksum.Composite => algorithm != ChecksumAlgorithm.Crc64Nvme,
            _ => false,
        };
        return possible
            ? (algorithm, type)
            : throw S3Errors.InvalidRequest(
                $"The {type} checksum type cannot be used with the {algorithm.Name} checksum algorithm.");
    }
}

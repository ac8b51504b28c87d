using System.Security.Cryptography;
using Esb.ObjectStore.Checksums;
using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Objects;
using Esb.ObjectStore.Payloads;
using Esb.ObjectStore.Requests;
using Esb.ObjectStore.Storage;
using Esb.ObjectStore.Xml;

namespace Esb.ObjectStore.Multipart;

/// <summary>
/// CompleteMultipartUpload: the listed parts are verified, written one behind the other into a new object, and only then removed. A crash
/// in between leaves the upload as it was, or the finished object beside an upload that can be aborted.
/// </summary>
internal sealed class CompleteOperation(BucketCatalog catalog, TimeProvider clock)
{
    private const int SmallestPart = 5 * 1024 * 1024;
    private const int LargestDocument = 8 * 1024 * 1024;

    public async Task RunAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var upload = bucket.Uploads.Require(request.Query["uploadId"]!, request.Key);
        var condition = WriteCondition.From(request);
        bucket.Verify(upload.Key, condition);
        // The checksum headers of this request are about the object, not about the XML.
        var expected = ChecksumAlgorithm.All.FirstOrDefault(a => request.Headers.ContainsKey(a.Header));
        var expectedValue = expected is null ? null : request.Header(expected.Header);
        if (expected is not null)
            request.Headers.Remove(expected.Header);
        var listed = ListedPart.ReadAll(await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation));

        var parts = OpenParts(bucket, upload, listed);
        try
        {
            var metadata = await AssembleAsync(bucket, upload, parts, condition, (expected, expectedValue), cancellation);
            bucket.Uploads.Remove(upload);
            await request.AnswerXmlAsync(Answer(request, metadata), cancellation);
        }
        finally
        {
            parts.ForEach(p => p.Dispose());
        }
    }

    private static List<OpenObject> OpenParts(Bucket bucket, UploadRecord upload, IReadOnlyList<ListedPart> listed)
    {
        var parts = new List<OpenObject>(listed.Count);
        try
        {
            foreach (var part in listed)
            {
                parts.Add(bucket.Uploads.OpenPart(upload, part.Number) ?? throw S3Errors.InvalidPart(part.Number));
                var metadata = parts[^1].Metadata;
                if (!part.Fits(metadata))
                    throw S3Errors.InvalidPart(part.Number);
                if (part != listed[^1] && metadata.Size < SmallestPart)
                    throw S3Errors.EntityTooSmall(part.Number, metadata.Size);
            }

            return parts;
        }
        catch
        {
            parts.ForEach(p => p.Dispose());
            throw;
        }
    }

    private async Task<ObjectMetadata> AssembleAsync(
        Bucket bucket,
        UploadRecord upload,
        List<OpenObject> parts,
        WriteCondition condition,
        (ChecksumAlgorithm? Algorithm, string? Value) expected,
        CancellationToken cancellation)
    {
        var algorithm = upload.ChecksumAlgorithm is { } name ? ChecksumAlgorithm.Named("ChecksumAlgorithm", name) : expected.Algorithm;
        using var digests = new ContentDigests(algorithm);
        using var content = bucket.NewTemporaryFile();
        foreach (var part in parts)
            await ContentCopy.RunAsync(part.Content(0, part.Metadata.Size), content.Stream, digests, long.MaxValue, cancellation);

        var whole = digests.Finish();
        var checksum = upload.ChecksumType == Checksum.Composite
            ? Checksum.OfParts(algorithm!, [.. parts.Select(p => p.Metadata.Checksum!)])
            : whole.Checksum;
        if (expected.Value is not null && (expected.Algorithm != algorithm || expected.Value != checksum?.Value))
            throw BodyErrors.BadDigest(expected.Algorithm!.Name);
        var metadata = Describe(upload, parts, whole.Size, checksum);
        bucket.Commit(content, metadata, condition);
        return metadata;
    }

    private ObjectMetadata Describe(UploadRecord upload, List<OpenObject> parts, long size, Checksum? checksum) => new()
    {
        Key = upload.Key,
        Size = size,
        ETag = ETagOf(parts),
        LastModified = clock.GetUtcNow(),
        Headers = upload.Headers,
        UserMetadata = upload.UserMetadata,
        Tags = upload.Tags,
        Checksum = checksum,
        PartSizes = [.. parts.Select(p => p.Metadata.Size)],
    };

    private static string ETagOf(List<OpenObject> parts)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var part in parts)
            md5.AppendData(Convert.FromHexString(part.Metadata.ETag));
        return $"{Convert.ToHexStringLower(md5.GetHashAndReset())}-{parts.Count}";
    }

    private static byte[] Answer(S3Request request, ObjectMetadata metadata) => S3Document.Write("CompleteMultipartUploadResult", xml =>
    {
        xml.Element("Location", $"http://{request.Http.Request.Host}{UriText.Encode(request.Target.Path, keepSlashes: true)}");
        xml.Element("Bucket", request.Bucket);
        xml.Element("Key", metadata.Key);
        xml.Element("ETag", HeaderText.Quote(metadata.ETag));
        CopyAnswer.WriteChecksum(xml, metadata.Checksum);
    });
}

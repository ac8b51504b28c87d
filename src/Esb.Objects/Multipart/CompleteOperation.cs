using System.Globalization;
using System.Security.Cryptography;
using Esb.Objects.Checksums;
using Esb.Objects.Errors;
using Esb.Objects.Objects;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Multipart;

/// <summary>
/// CompleteMultipartUpload: verifies the listed parts, concatenates them into a new object, and only then removes them.
/// A crash in between leaves either the upload unchanged, or the finished object and an upload that can be aborted.
/// </summary>
internal sealed class CompleteOperation(BucketCatalog catalog, TimeProvider clock)
{
    private const int SmallestPart = 5 * 1024 * 1024;
    private const int LargestDocument = 8 * 1024 * 1024;

    public async Task RunAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var uploadId = request.Query["uploadId"]!;
        var upload = bucket.Uploads.Find(uploadId, request.Key);
        if (upload is null && MadeBy(uploadId, bucket, request.Key) is null)
            throw S3Errors.NoSuchUpload(uploadId);
        var condition = WriteCondition.OfWrite(request);
        if (upload is not null)
            bucket.Verify(upload.Key, condition);
        // The checksum headers of this request are about the object, not about the XML.
        var expected = ChecksumAlgorithm.All.FirstOrDefault(a => request.Headers.ContainsKey(a.Header));
        var expectedValue = expected is null ? null : request.Header(expected.Header);
        if (expected is not null)
            request.Headers.Remove(expected.Header);
        var listed = ListedPart.ReadAll(await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation));

        var made = upload is null
            ? null
            : await TryCompleteAsync(request, upload, listed, condition, (expected, expectedValue), cancellation);
        made ??= MadeBy(uploadId, bucket, request.Key) is { } before
            && before.ETag == ETagOf([.. listed.Select(part => part.ETag)])
            ? before
            : null;
        if (made is null)
            throw S3Errors.NoSuchUpload(uploadId);
        ObjectAnswer.NameWritten(request.Response, made);
        await request.AnswerXmlAsync(Answer(request, made), cancellation);
    }

    // A client that missed the answer repeats the request. It gets the same answer as long as the object is still the
    // one that this upload created.
    private static ObjectMetadata? MadeBy(string uploadId, Bucket bucket, string key)
    {
        using var current = bucket.TryOpen(key);
        return current?.Metadata.UploadId == uploadId ? current.Metadata : null;
    }

    // Null when another request has completed or aborted the upload meanwhile.
    private async Task<ObjectMetadata?> TryCompleteAsync(
        S3Request request,
        UploadRecord upload,
        IReadOnlyList<ListedPart> listed,
        WriteCondition condition,
        (ChecksumAlgorithm? Algorithm, string? Value) expected,
        CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        try
        {
            var parts = listed.Select(part => Verified(bucket, upload, part, isLast: part == listed[^1])).ToList();
            VerifySize(request.Header("x-amz-mp-object-size"), parts.Sum(part => part.Size));
            var made = await AssembleAsync(
                bucket,
                upload,
                [.. listed.Zip(parts, (part, found) => (part.Number, found))],
                condition,
                expected,
                cancellation);
            bucket.Uploads.Remove(upload);
            return made;
        }
        catch (S3Exception e) when (e.Code == "InvalidPart" && bucket.Uploads.Find(upload.UploadId, upload.Key) is null)
        {
            return null;
        }
    }

    private static ObjectMetadata Verified(Bucket bucket, UploadRecord upload, ListedPart part, bool isLast)
    {
        using var opened = bucket.Uploads.OpenPart(upload, part.Number) ?? throw S3Errors.InvalidPart(part.Number);
        var metadata = opened.Metadata;
        if (!part.Fits(metadata))
            throw S3Errors.InvalidPart(part.Number);
        return isLast || metadata.Size >= SmallestPart
            ? metadata
            : throw S3Errors.EntityTooSmall(part.Number, metadata.Size);
    }

    private static void VerifySize(string? expected, long size)
    {
        if (expected is not null && expected != size.ToString(CultureInfo.InvariantCulture))
            throw S3Errors.InvalidRequest(
                $"The provided 'x-amz-mp-object-size' header does not match what was computed: {size}");
    }

    // One part is open at a time: there may be ten thousand parts, and many concurrent requests.
    private async Task<ObjectMetadata> AssembleAsync(
        Bucket bucket,
        UploadRecord upload,
        List<(int Number, ObjectMetadata Metadata)> parts,
        WriteCondition condition,
        (ChecksumAlgorithm? Algorithm, string? Value) expected,
        CancellationToken cancellation)
    {
        var algorithm = upload.ChecksumAlgorithm is { } name
            ? ChecksumAlgorithm.Named("ChecksumAlgorithm", name)
            : expected.Algorithm;
        using var digests = new ContentDigests(algorithm);
        using var content = bucket.NewTemporaryFile();
        foreach (var (number, metadata) in parts)
        {
            using var part = bucket.Uploads.OpenPart(upload, number);
            if (part?.Metadata.Version != metadata.Version)
                throw S3Errors.InvalidPart(number);
            await ContentCopy.RunAsync(
                part.Content(0, metadata.Size), content.Stream, digests, long.MaxValue, cancellation);
        }

        var whole = digests.Finish();
        var checksum = upload.ChecksumType == Checksum.Composite
            ? Checksum.OfParts(algorithm!, [.. parts.Select(p => p.Metadata.Checksum!)])
            : whole.Checksum;
        if (expected.Value is not null && (expected.Algorithm != algorithm || expected.Value != checksum?.Value))
            throw BodyErrors.BadDigest(expected.Algorithm!.Name);
        var made = Describe(upload, [.. parts.Select(p => p.Metadata)], whole.Size, checksum);
        return bucket.Commit(content, made, condition);
    }

    private ObjectMetadata Describe(
        UploadRecord upload,
        List<ObjectMetadata> parts,
        long size,
        Checksum? checksum) => new()
        {
            Key = upload.Key,
            Size = size,
            ETag = ETagOf([.. parts.Select(p => p.ETag)])!,
            LastModified = clock.GetUtcNow(),
            Headers = upload.Headers,
            UserMetadata = upload.UserMetadata,
            Tags = upload.Tags,
            Checksum = checksum,
            PartSizes = [.. parts.Select(p => p.Size)],
            UploadId = upload.UploadId,
            Protection = upload.Protection,
        };

    // An ETag that is not an MD5 cannot be that of a stored part.
    private static string? ETagOf(IReadOnlyList<string> parts)
    {
        if (parts.Any(part => part.Length != 32 || !part.All(char.IsAsciiHexDigit)))
            return null;
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var part in parts)
            md5.AppendData(Convert.FromHexString(part));
        return $"{Convert.ToHexStringLower(md5.GetHashAndReset())}-{parts.Count}";
    }

    private static byte[] Answer(
        S3Request request,
        ObjectMetadata metadata) => S3Document.Write("CompleteMultipartUploadResult", xml =>
    {
        xml.Element(
            "Location",
            $"http://{request.Http.Request.Headers.Host}{UriText.Encode(request.Target.Path, keepSlashes: true)}");
        xml.Element("Bucket", request.Bucket);
        xml.Element("Key", metadata.Key);
        xml.Element("ETag", HeaderText.Quote(metadata.ETag));
        CopyAnswer.WriteChecksum(xml, metadata.Checksum);
    });
}

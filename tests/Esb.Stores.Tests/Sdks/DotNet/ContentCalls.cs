using Amazon.S3;
using Amazon.S3.Model;
using static Esb.Stores.Tests.Sdks.Rows;

namespace Esb.Stores.Tests.Sdks.DotNet;

/// <summary>Objects, their versions and their uploads.</summary>
internal static class ContentCalls
{
    private const string Name = BucketCalls.Name;
    private const string Locked = BucketCalls.Locked;
    private const string Key = "folder/ä b+c.txt";

    public static async Task RunAsync(AmazonS3Client client, Rows rows)
    {
        await ObjectsAsync(client, rows);
        await ListsAsync(client, rows);
        await UploadsAsync(client, rows);
        await ProtectionAsync(client, rows);
        await rows.AddAsync("DeleteObject", async () => Check(
            (await client.DeleteObjectAsync(Name, Key)).DeleteMarker == "true", "delete marker"));
    }

    private static async Task ObjectsAsync(AmazonS3Client client, Rows rows)
    {
        var version = "";
        await rows.AddAsync("PutObject", async () =>
        {
            ChecksumAlgorithm[] algorithms =
                [ChecksumAlgorithm.SHA256, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.CRC32];
            foreach (var algorithm in algorithms)
            {
                version = (await client.PutObjectAsync(new()
                {
                    BucketName = Name,
                    Key = Key,
                    ContentBody = "one",
                    ContentType = "text/plain",
                    Metadata = { ["who"] = "me" },
                    TagSet = [new() { Key = "a", Value = "b" }],
                    ChecksumAlgorithm = algorithm,
                })).VersionId;
            }

            await RefusedAsync("PreconditionFailed", () => client.PutObjectAsync(
                new() { BucketName = Name, Key = Key, ContentBody = "two", IfNoneMatch = "*" }));
        });
        await rows.AddAsync("GetObject", async () =>
        {
            using var answer = await client.GetObjectAsync(
                new() { BucketName = Name, Key = Key, VersionId = version, ByteRange = new(1, 2) });
            using var reader = new StreamReader(answer.ResponseStream);
            Check(await reader.ReadToEndAsync() == "ne" && answer.Metadata["who"] == "me", "content");
            await RefusedAsync("NoSuchKey", () => client.GetObjectAsync(Name, "missing"));
        });
        await rows.AddAsync("HeadObject", async () => Check(
            (await client.GetObjectMetadataAsync(Name, Key)).ContentLength == 3, "length"));
        await rows.AddAsync("CopyObject", () => client.CopyObjectAsync(Name, Key, version, Name, "copy"));
        await rows.AddAsync("GetObjectTagging", async () => Check(
            (await client.GetObjectTaggingAsync(new() { BucketName = Name, Key = "copy" }))
                .Tagging.Single().Value == "b",
            "tag"));
        await rows.AddAsync("PutObjectTagging", () => client.PutObjectTaggingAsync(
            new() { BucketName = Name, Key = Key, Tagging = new() { TagSet = [new() { Key = "c", Value = "d" }] } }));
        await rows.AddAsync("DeleteObjectTagging", () => client.DeleteObjectTaggingAsync(
            new() { BucketName = Name, Key = Key }));
    }

    private static async Task ListsAsync(AmazonS3Client client, Rows rows)
    {
        await rows.AddAsync("ListObjects", async () => Check(
            (await client.ListObjectsAsync(new ListObjectsRequest { BucketName = Name, Delimiter = "/" }))
                .CommonPrefixes is ["folder/"],
            "prefix"));
        await rows.AddAsync("ListObjectsV2", async () => Check(
            await client.Paginators.ListObjectsV2(new() { BucketName = Name, MaxKeys = 1 }).S3Objects.CountAsync() == 2,
            "objects"));
        await rows.AddAsync("ListObjectVersions", async () => Check(
            (await client.ListVersionsAsync(Name, Key)).Versions.Count == 3, "versions"));
    }

    private static async Task UploadsAsync(AmazonS3Client client, Rows rows)
    {
        const string Parts = "parts";
        var upload = "";
        var etags = new List<PartETag>();
        await rows.AddAsync("CreateMultipartUpload", async () =>
            upload = (await client.InitiateMultipartUploadAsync(Name, Parts)).UploadId);
        await rows.AddAsync("UploadPart", async () => etags.Add(new(await client.UploadPartAsync(new()
        {
            BucketName = Name,
            Key = Parts,
            UploadId = upload,
            PartNumber = 1,
            InputStream = new MemoryStream(new byte[5 * 1024 * 1024]),
        }))));
        await rows.AddAsync("UploadPartCopy", async () => etags.Add(new(await client.CopyPartAsync(new()
        {
            SourceBucket = Name,
            SourceKey = "copy",
            DestinationBucket = Name,
            DestinationKey = Parts,
            UploadId = upload,
            PartNumber = 2,
        }))));
        await rows.AddAsync("ListParts", async () => Check(
            await client.Paginators.ListParts(
                new() { BucketName = Name, Key = Parts, UploadId = upload, MaxParts = 1 }).Parts.CountAsync() == 2,
            "parts"));
        await rows.AddAsync("ListMultipartUploads", async () => Check(
            (await client.ListMultipartUploadsAsync(Name)).MultipartUploads.Single().UploadId == upload, "upload"));
        await rows.AddAsync("CompleteMultipartUpload", async () => Check(
            (await client.CompleteMultipartUploadAsync(
                new() { BucketName = Name, Key = Parts, UploadId = upload, PartETags = etags })).ETag.EndsWith("-2\""),
            "ETag"));
        await rows.AddAsync("AbortMultipartUpload", async () =>
        {
            var aborted = (await client.InitiateMultipartUploadAsync(Name, "aborted")).UploadId;
            await client.AbortMultipartUploadAsync(Name, "aborted", aborted);
            await RefusedAsync("NoSuchUpload", () => client.ListPartsAsync(Name, "aborted", aborted));
        });
    }

    private static async Task ProtectionAsync(AmazonS3Client client, Rows rows)
    {
        await rows.AddAsync("PutObjectRetention", async () =>
        {
            await client.PutObjectAsync(new() { BucketName = Locked, Key = Key, ContentBody = "x" });
            await client.PutObjectRetentionAsync(new()
            {
                BucketName = Locked,
                Key = Key,
                Retention = new()
                {
                    Mode = ObjectLockRetentionMode.Governance,
                    RetainUntilDate = new DateTime(2100, 1, 1),
                },
            });
        });
        await rows.AddAsync("GetObjectRetention", async () => Check(
            (await client.GetObjectRetentionAsync(new() { BucketName = Locked, Key = Key })).Retention.Mode
                == ObjectLockRetentionMode.Governance,
            "mode"));
        await rows.AddAsync("PutObjectLegalHold", () => client.PutObjectLegalHoldAsync(
            new() { BucketName = Locked, Key = Key, LegalHold = new() { Status = ObjectLockLegalHoldStatus.On } }));
        await rows.AddAsync("GetObjectLegalHold", async () =>
        {
            var hold = await client.GetObjectLegalHoldAsync(new() { BucketName = Locked, Key = Key });
            Check(hold.LegalHold.Status == ObjectLockLegalHoldStatus.On, "hold");
            await client.PutObjectLegalHoldAsync(
                new() { BucketName = Locked, Key = Key, LegalHold = new() { Status = ObjectLockLegalHoldStatus.Off } });
        });
    }
}

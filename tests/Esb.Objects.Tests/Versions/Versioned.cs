using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Versions;

/// <summary>Buckets with versioning, and their versions as text.</summary>
internal static class Versioned
{
    public static async Task<string> NewVersionedBucketAsync(this Store store)
    {
        var bucket = await store.NewBucketAsync();
        await store.Client.SetVersioningAsync(bucket, VersionStatus.Enabled);
        return bucket;
    }

    public static Task SetVersioningAsync(this AmazonS3Client client, string bucket, VersionStatus status) =>
        client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = status },
        });

    /// <returns>The id of the version; null when it has none of its own.</returns>
    public static async Task<string> PutTextAsync(
        this AmazonS3Client client,
        string bucket,
        string key,
        string text,
        Action<PutObjectRequest>? more = null)
    {
        var request = new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text };
        more?.Invoke(request);
        return (await client.PutObjectAsync(request)).VersionId;
    }

    public static async Task<string> GetTextAsync(
        this AmazonS3Client client,
        string bucket,
        string key,
        string? version = null)
    {
        using var answer = await client.GetObjectAsync(bucket, key, version);
        using var reader = new StreamReader(answer.ResponseStream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public static Task<DeleteObjectResponse> DeleteVersionAsync(
        this AmazonS3Client client,
        string bucket,
        string key,
        string? version,
        bool bypasses = false) => client.DeleteObjectAsync(new DeleteObjectRequest
        {
            BucketName = bucket,
            Key = key,
            VersionId = version,
            BypassGovernanceRetention = bypasses,
        });

    public static async Task<List<S3ObjectVersion>> VersionsAsync(this AmazonS3Client client, string bucket) =>
        (await client.ListVersionsAsync(bucket)).Versions ?? [];
}

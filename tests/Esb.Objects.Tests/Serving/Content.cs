using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Esb.Objects.Tests.Serving;

/// <summary>Random content, and reading it back.</summary>
internal static class Content
{
    /// <summary>The same seed gives the same bytes.</summary>
    public static byte[] Of(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Task<PutObjectResponse> PutBytesAsync(
        this AmazonS3Client client,
        string bucket,
        string key,
        byte[] content) =>
        client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = key, InputStream = new MemoryStream(content) });

    public static async Task<byte[]> GetBytesAsync(
        this AmazonS3Client client,
        string bucket,
        string key,
        string? range = null)
    {
        using var answer = await client.GetObjectAsync(new GetObjectRequest
        {
            BucketName = bucket,
            Key = key,
            ByteRange = range is null ? null : new ByteRange(range),
        });
        using var content = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>A hash, so that a failed comparison of 20 MB is readable.</summary>
    public static string Hash(byte[] bytes) =>
        $"{bytes.Length} bytes {Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}";

    // S3's ETag of an object that was uploaded in one piece is its MD5.
#pragma warning disable CA5351
    public static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}

using Amazon.S3;
using Amazon.S3.Model;

namespace Esb.Provisioner.Buckets;

/// <summary>The effects on an S3-compatible store.</summary>
internal sealed class BucketStore(AmazonS3Client client) : IDisposable
{
    public async Task<IReadOnlySet<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var answer = await client.ListBucketsAsync(cancellationToken);
        return (answer.Buckets ?? []).Select(b => b.BucketName).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Creates a bucket. False when somebody else was faster.</summary>
    public async Task<bool> CreateAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutBucketAsync(new PutBucketRequest { BucketName = name }, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyOwnedByYou")
        {
            return false;
        }
    }

    public void Dispose() => client.Dispose();
}

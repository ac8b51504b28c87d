using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;

namespace Esb.Provisioner.S3;

/// <summary>GetPublicAccessBlock, PutPublicAccessBlock.</summary>
internal sealed class PublicAccessDocument : IBucketDocument
{
    public string Property => BucketProperty.PublicAccess;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken)
    {
        var block = (await client.GetPublicAccessBlockAsync(
            new GetPublicAccessBlockRequest { BucketName = bucket }, cancellationToken)).PublicAccessBlockConfiguration;
        return block is null
            ? null
            : new PublicAccessSetting(
                block.BlockPublicAcls ?? false,
                block.BlockPublicPolicy ?? false,
                block.IgnorePublicAcls ?? false,
                block.RestrictPublicBuckets ?? false);
    }

    public Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken)
    {
        var block = (PublicAccessSetting)setting;
        var configuration = new PublicAccessBlockConfiguration
        {
            BlockPublicAcls = block.BlockAcls,
            BlockPublicPolicy = block.BlockPolicy,
            IgnorePublicAcls = block.IgnoreAcls,
            RestrictPublicBuckets = block.RestrictBuckets,
        };
        return client.PutPublicAccessBlockAsync(
            new PutPublicAccessBlockRequest { BucketName = bucket, PublicAccessBlockConfiguration = configuration },
            cancellationToken);
    }
}

using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;

namespace Esb.Provisioner.S3;

/// <summary>GetBucketVersioning, PutBucketVersioning.</summary>
internal sealed class VersioningDocument : IBucketDocument
{
    public string Property => BucketProperty.Versioning;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken) =>
        (await client.GetBucketVersioningAsync(
            bucket, cancellationToken)).VersioningConfig?.Status == VersionStatus.Enabled
            ? new VersioningSetting(true)
            : null;

    public async Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken)
    {
        var status = ((VersioningSetting)setting).Enabled ? VersionStatus.Enabled : VersionStatus.Suspended;
        try
        {
            await client.PutBucketVersioningAsync(
                new PutBucketVersioningRequest
                {
                    BucketName = bucket,
                    VersioningConfig = new S3BucketVersioningConfig { Status = status },
                }, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyExists" or "BucketAlreadyOwnedByYou")
        {
            // s3rver ignores the query string and treats this call as CreateBucket.
            throw new AmazonS3Exception(
                "versioning is unknown there",
                e,
                Amazon.Runtime.ErrorType.Receiver,
                "NotImplemented",
                e.RequestId,
                System.Net.HttpStatusCode.NotImplemented);
        }
    }
}

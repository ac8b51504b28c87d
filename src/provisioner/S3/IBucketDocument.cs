using Amazon.S3;
using Esb.Manifests;
using Esb.Provisioner.Buckets;

namespace Esb.Provisioner.S3;

/// <summary>The calls of one setting.</summary>
internal interface IBucketDocument
{
    /// <summary>Of the manifest.</summary>
    string Property { get; }

    /// <returns>Null when the bucket has none; S3 also answers 404, which the caller knows.</returns>
    Task<BucketSetting?> ReadAsync(AmazonS3Client client, string bucket, CancellationToken cancellationToken);

    /// <summary>Writes it whole, or removes it when it is the default.</summary>
    Task WriteAsync(AmazonS3Client client, string bucket, BucketSetting setting, CancellationToken cancellationToken);
}

using Amazon.S3;
using Esb.Manifests;
using Esb.Provisioner.Buckets;

namespace Esb.Provisioner.S3;

/// <summary>The calls for one bucket setting.</summary>
internal interface IBucketDocument
{
    /// <summary>The property of the manifest.</summary>
    string Property { get; }

    /// <returns>The setting; null when the bucket has none. S3 may also answer 404, which the caller handles.</returns>
    Task<BucketSetting?> ReadAsync(AmazonS3Client client, string bucket, CancellationToken cancellationToken);

    /// <summary>Writes the complete setting, or removes it when it is the default.</summary>
    Task WriteAsync(AmazonS3Client client, string bucket, BucketSetting setting, CancellationToken cancellationToken);
}

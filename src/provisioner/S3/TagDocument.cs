using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;

namespace Esb.Provisioner.S3;

/// <summary>GetBucketTagging, PutBucketTagging.</summary>
internal sealed class TagDocument : IBucketDocument
{
    public string Property => BucketProperty.Tags;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken)
    {
        var tags = (await client.GetBucketTaggingAsync(
            new GetBucketTaggingRequest { BucketName = bucket }, cancellationToken)).TagSet;
        return tags is { Count: > 0 }
            ? new TagSetting(
                [.. tags.Select(t => KeyValuePair.Create(t.Key, t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal)])
            : null;
    }

    public Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken) =>
        client.PutBucketTaggingAsync(
            new PutBucketTaggingRequest
            {
                BucketName = bucket,
                TagSet = [.. ((TagSetting)setting).Tags.Select(t => new Tag { Key = t.Key, Value = t.Value })],
            }, cancellationToken);
}

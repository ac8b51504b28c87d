using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;

namespace Esb.Provisioner.S3;

/// <summary>GetBucketEncryption, PutBucketEncryption.</summary>
internal sealed class EncryptionDocument : IBucketDocument
{
    public string Property => BucketProperty.Encryption;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken)
    {
        var answer = await client.GetBucketEncryptionAsync(
            new GetBucketEncryptionRequest { BucketName = bucket }, cancellationToken);
        var rules = answer.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules;
        return rules is [{ ServerSideEncryptionByDefault: { } byDefault } rule, ..]
            ? new EncryptionSetting(
                byDefault.ServerSideEncryptionAlgorithm.Value,
                Given(byDefault.ServerSideEncryptionKeyManagementServiceKeyId),
                rule.BucketKeyEnabled ?? false)
            : null;
    }

    public Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken)
    {
        var encryption = (EncryptionSetting)setting;
        var rule = new ServerSideEncryptionRule
        {
            BucketKeyEnabled = encryption.BucketKey ? true : null,
            ServerSideEncryptionByDefault = new ServerSideEncryptionByDefault
            {
                ServerSideEncryptionAlgorithm = new ServerSideEncryptionMethod(encryption.Algorithm),
                ServerSideEncryptionKeyManagementServiceKeyId = encryption.Key,
            },
        };
        return client.PutBucketEncryptionAsync(
            new PutBucketEncryptionRequest
            {
                BucketName = bucket,
                ServerSideEncryptionConfiguration =
                    new ServerSideEncryptionConfiguration { ServerSideEncryptionRules = [rule] },
            }, cancellationToken);
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

using System.Net;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;

namespace Esb.Provisioner.S3;

/// <summary>GetBucketPolicy, PutBucketPolicy, DeleteBucketPolicy.</summary>
internal sealed class PolicyDocument : IBucketDocument
{
    public string Property => BucketProperty.Policy;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken)
    {
        var response = await client.GetBucketPolicyAsync(
            new GetBucketPolicyRequest { BucketName = bucket }, cancellationToken);
        var policy = response.Policy;
        // The SDK takes the answer that there is no policy for the policy itself.
        if (response.HttpStatusCode == HttpStatusCode.NotFound || string.IsNullOrWhiteSpace(policy))
            return null;
        try
        {
            return new PolicySetting(PolicyText.Of(policy));
        }
        catch (JsonException)
        {
            // The policy is not valid JSON, so it cannot be the one that a manifest wants.
            return new PolicySetting(policy);
        }
    }

    public Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken) => setting.IsDefault
        ? client.DeleteBucketPolicyAsync(new DeleteBucketPolicyRequest { BucketName = bucket }, cancellationToken)
        : client.PutBucketPolicyAsync(
            new PutBucketPolicyRequest { BucketName = bucket, Policy = ((PolicySetting)setting).Json },
            cancellationToken);
}

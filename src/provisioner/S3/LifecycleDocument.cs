using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Planning;
using LifecycleRule = Esb.Manifests.LifecycleRule;
using LifecycleTransition = Esb.Manifests.LifecycleTransition;

namespace Esb.Provisioner.S3;

/// <summary>GetBucketLifecycleConfiguration, PutBucketLifecycleConfiguration, DeleteBucketLifecycle.</summary>
internal sealed class LifecycleDocument : IBucketDocument
{
    public string Property => BucketProperty.Lifecycle;

    public async Task<BucketSetting?> ReadAsync(
        AmazonS3Client client,
        string bucket,
        CancellationToken cancellationToken)
    {
        var answer = await client.GetLifecycleConfigurationAsync(bucket, cancellationToken);
        return answer.Configuration?.Rules is { Count: > 0 } rules
            ? new LifecycleSetting([.. rules.Select(Read)])
            : null;
    }

    public Task WriteAsync(
        AmazonS3Client client,
        string bucket,
        BucketSetting setting,
        CancellationToken cancellationToken) => setting.IsDefault
        ? client.DeleteLifecycleConfigurationAsync(bucket, cancellationToken)
        : client.PutLifecycleConfigurationAsync(
            new PutLifecycleConfigurationRequest
            {
                BucketName = bucket,
                Configuration =
                    new LifecycleConfiguration { Rules = [.. ((LifecycleSetting)setting).Rules.Select(Write)] },
            }, cancellationToken);

    private static LifecycleRule Read(Amazon.S3.Model.LifecycleRule rule) => new(
        rule.Id ?? "", rule.Status == LifecycleRuleStatus.Enabled)
    {
        Scope = LifecycleScopes.Read(rule),
        ExpirationDays = rule.Expiration?.Days,
        ExpirationDate = rule.Expiration?.Date?.ToUniversalTime(),
        ExpireDeleteMarkers = rule.Expiration?.ExpiredObjectDeleteMarker ?? false,
        NoncurrentDays = rule.NoncurrentVersionExpiration?.NoncurrentDays,
        NewerNoncurrentVersions = rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions,
        AbortUploadsAfterDays = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
        Transitions = Sorted((rule.Transitions ?? [])
            .Select(t => new LifecycleTransition(t.StorageClass.Value, t.Days, t.Date?.ToUniversalTime(), null))),
        NoncurrentTransitions = Sorted((rule.NoncurrentVersionTransitions ?? [])
            .Select(t => new LifecycleTransition(
                t.StorageClass.Value, t.NoncurrentDays, null, t.NewerNoncurrentVersions))),
    };

    private static Amazon.S3.Model.LifecycleRule Write(LifecycleRule rule) => new()
    {
        Id = rule.Id,
        Status = rule.Enabled ? LifecycleRuleStatus.Enabled : LifecycleRuleStatus.Disabled,
        Filter = LifecycleScopes.Write(rule.Scope),
        Expiration = rule.ExpirationDays is null && rule.ExpirationDate is null && !rule.ExpireDeleteMarkers
            ? null
            : new LifecycleRuleExpiration
            {
                Days = rule.ExpirationDays,
                Date = rule.ExpirationDate,
                ExpiredObjectDeleteMarker = rule.ExpireDeleteMarkers ? true : null,
            },
        NoncurrentVersionExpiration = rule.NoncurrentDays is null
            ? null
            : new LifecycleRuleNoncurrentVersionExpiration
            {
                NoncurrentDays = rule.NoncurrentDays,
                NewerNoncurrentVersions = rule.NewerNoncurrentVersions,
            },
        AbortIncompleteMultipartUpload = rule.AbortUploadsAfterDays is null
            ? null
            : new LifecycleRuleAbortIncompleteMultipartUpload { DaysAfterInitiation = rule.AbortUploadsAfterDays },
        Transitions = rule.Transitions.Count == 0
            ? null
            : [.. rule.Transitions.Select(t => new Amazon.S3.Model.LifecycleTransition
            {
                StorageClass = t.StorageClass,
                Days = t.Days,
                Date = t.Date,
            })],
        NoncurrentVersionTransitions = rule.NoncurrentTransitions.Count == 0
            ? null
            : [.. rule.NoncurrentTransitions.Select(t => new LifecycleRuleNoncurrentVersionTransition
            {
                StorageClass = t.StorageClass,
                NoncurrentDays = t.Days,
                NewerNoncurrentVersions = t.NewerVersions,
            })],
    };

    private static Sequence<LifecycleTransition> Sorted(IEnumerable<LifecycleTransition> transitions) =>
        [.. transitions.OrderBy(t => t.StorageClass, StringComparer.Ordinal)];
}

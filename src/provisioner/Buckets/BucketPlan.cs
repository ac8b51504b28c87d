using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Buckets;

/// <summary>The settings that a bucket has in the store, by property; an absent setting has S3's default.</summary>
internal sealed record BucketState(IReadOnlyDictionary<string, BucketSetting> Settings);

/// <summary>CreateBucket.</summary>
internal sealed record CreateBucket(string Bucket) : Change(BucketProperty.Name)
{
    public override string Text => $"+ bucket {Bucket}";
}

/// <summary>The call that writes one setting.</summary>
/// <param name="From">The setting in the store; null when it is absent.</param>
/// <param name="To">The complete setting, as S3 requires it.</param>
internal sealed record PutSetting(BucketSetting? From, BucketSetting To) : Change(To.Property)
{
    public override string Text => From is not null && From.Summary == To.Summary
        ? $"~ {To.Property}: {To.Summary}, changed"
        : $"~ {To.Property}: {From?.Summary ?? "none"} → {To.Summary}";
}

/// <summary>
/// The plan for one bucket. All supported properties can be changed in place (CloudFormation's page of AWS::S3::Bucket:
/// no interruption). No change needs a new bucket, and objects are never changed.
/// </summary>
internal static class BucketPlan
{
    public static ResourcePlan Of(WantedBucket wanted, BucketState? actual, PlanTerms terms)
    {
        var plan = new PlanBuilder(terms);
        if (actual is null)
            plan.Add(new CreateBucket(wanted.Name));
        foreach (var setting in wanted.Settings)
        {
            var old = actual?.Settings.GetValueOrDefault(setting.Property);
            var to = setting.Over(old);
            if (old is null ? !to.IsDefault : !to.Equals(old))
                plan.Add(new PutSetting(old, to));
        }

        return plan.Build(creates: actual is null);
    }
}

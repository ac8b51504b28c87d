namespace Esb.Manifests;

/// <summary>What becomes of objects with time.</summary>
internal sealed record LifecycleSetting(Sequence<LifecycleRule> Rules) : BucketSetting(BucketProperty.Lifecycle)
{
    public override bool IsDefault => Rules.Count == 0;

    public override string Summary => Counted.Of(Rules.Count, "rule");
}

/// <summary>One lifecycle rule.</summary>
/// <param name="Id">S3 makes one up where there is none, so a manifest's rule without one gets one from its content.</param>
/// <param name="Enabled">A disabled one is kept and not applied.</param>
internal sealed record LifecycleRule(string Id, bool Enabled)
{
    public LifecycleScope Scope { get; init; } = new("", []);

    public int? ExpirationDays { get; init; }

    public DateTime? ExpirationDate { get; init; }

    public bool ExpireDeleteMarkers { get; init; }

    public int? NoncurrentDays { get; init; }

    /// <summary>How many old versions stay in any case.</summary>
    public int? NewerNoncurrentVersions { get; init; }

    public int? AbortUploadsAfterDays { get; init; }

    public Sequence<LifecycleTransition> Transitions { get; init; } = [];

    public Sequence<LifecycleTransition> NoncurrentTransitions { get; init; } = [];
}

/// <summary>To which objects a rule applies: all conditions hold.</summary>
/// <param name="Prefix">Empty: all.</param>
/// <param name="Tags">Sorted by key.</param>
internal sealed record LifecycleScope(string Prefix, Sequence<KeyValuePair<string, string>> Tags)
{
    public long? LargerThan { get; init; }

    public long? SmallerThan { get; init; }

    public int Conditions => (Prefix.Length > 0 ? 1 : 0) + Tags.Count + (LargerThan is null ? 0 : 1) + (SmallerThan is null ? 0 : 1);
}

/// <summary>A move to another storage class.</summary>
internal sealed record LifecycleTransition(string StorageClass, int? Days, DateTime? Date, int? NewerVersions);

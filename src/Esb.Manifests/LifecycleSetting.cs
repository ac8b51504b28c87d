namespace Esb.Manifests;

/// <summary>When objects are deleted or moved to another storage class.</summary>
internal sealed record LifecycleSetting(Sequence<LifecycleRule> Rules) : BucketSetting(BucketProperty.Lifecycle)
{
    public override bool IsDefault => Rules.Count == 0;

    public override string Summary => Counted.Of(Rules.Count, "rule");
}

/// <summary>One lifecycle rule.</summary>
/// <param name="Id">
/// S3 generates an id for a rule without one, so a rule of a manifest without one gets an id that is derived from its
/// content.
/// </param>
/// <param name="Enabled">A disabled rule is kept but not applied.</param>
internal sealed record LifecycleRule(string Id, bool Enabled)
{
    public LifecycleScope Scope { get; init; } = new("", []);

    public int? ExpirationDays { get; init; }

    public DateTime? ExpirationDate { get; init; }

    public bool ExpireDeleteMarkers { get; init; }

    public int? NoncurrentDays { get; init; }

    /// <summary>How many old versions are always kept.</summary>
    public int? NewerNoncurrentVersions { get; init; }

    public int? AbortUploadsAfterDays { get; init; }

    public Sequence<LifecycleTransition> Transitions { get; init; } = [];

    public Sequence<LifecycleTransition> NoncurrentTransitions { get; init; } = [];
}

/// <summary>The objects that a rule applies to: all conditions must be met.</summary>
/// <param name="Prefix">Empty: all objects.</param>
/// <param name="Tags">Sorted by key.</param>
internal sealed record LifecycleScope(string Prefix, Sequence<KeyValuePair<string, string>> Tags)
{
    public long? LargerThan { get; init; }

    public long? SmallerThan { get; init; }

    public int Conditions =>
        (Prefix.Length > 0 ? 1 : 0) + Tags.Count + (LargerThan is null ? 0 : 1) + (SmallerThan is null ? 0 : 1);
}

/// <summary>A transition to another storage class.</summary>
internal sealed record LifecycleTransition(string StorageClass, int? Days, DateTime? Date, int? NewerVersions);

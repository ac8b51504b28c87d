namespace Esb.Manifests;

/// <summary>One configuration of a bucket. Two equal settings have the same effect in S3.</summary>
/// <param name="Property">The property of the manifest.</param>
internal abstract record BucketSetting(string Property)
{
    /// <summary>What S3 assumes when the setting is absent, so that an absent setting needs no change.</summary>
    public virtual bool IsDefault => false;

    /// <summary>The human-readable text in a plan.</summary>
    public abstract string Summary { get; }

    /// <summary>Combines the wanted setting with the existing one: what the manifest does not name is kept.</summary>
    public virtual BucketSetting Over(BucketSetting? actual) => this;
}

/// <summary>Whether old versions of objects are kept.</summary>
internal sealed record VersioningSetting(bool Enabled) : BucketSetting(BucketProperty.Versioning)
{
    public override bool IsDefault => !Enabled;

    public override string Summary => Enabled ? "enabled" : "suspended";
}

/// <summary>Which web origins may call the bucket.</summary>
internal sealed record CorsSetting(Sequence<CorsRule> Rules) : BucketSetting(BucketProperty.Cors)
{
    public override bool IsDefault => Rules.Count == 0;

    public override string Summary => Counted.Of(Rules.Count, "rule");
}

/// <summary>One CORS rule. The lists are sorted, because their order has no meaning in S3.</summary>
internal sealed record CorsRule(string? Id, Sequence<string> Methods, Sequence<string> Origins)
{
    public Sequence<string> Headers { get; init; } = [];

    public Sequence<string> Exposed { get; init; } = [];

    /// <summary>In seconds.</summary>
    public int? MaxAge { get; init; }
}

/// <summary>How new objects are encrypted.</summary>
/// <param name="Algorithm"><c>AES256</c> or <c>aws:kms</c>.</param>
/// <param name="Key">The KMS key.</param>
/// <param name="BucketKey">Whether one bucket key of KMS serves many objects.</param>
internal sealed record EncryptionSetting(string Algorithm, string? Key, bool BucketKey)
    : BucketSetting(BucketProperty.Encryption)
{
    public override string Summary => Key is null ? Algorithm : $"{Algorithm} {Key}";
}

/// <summary>What the public may never do, whatever policies allow.</summary>
internal sealed record PublicAccessSetting(bool BlockAcls, bool BlockPolicy, bool IgnoreAcls, bool RestrictBuckets)
    : BucketSetting(BucketProperty.PublicAccess)
{
    public override bool IsDefault => !BlockAcls && !BlockPolicy && !IgnoreAcls && !RestrictBuckets;

    public override string Summary =>
        IsDefault ? "open" : string.Join(" ", new[]
        {
            BlockAcls ? "acls" : "",
            BlockPolicy ? "policy" : "",
            IgnoreAcls ? "ignore-acls" : "",
            RestrictBuckets ? "restrict" : "",
        }.Where(t => t.Length > 0));
}

/// <summary>The bucket policy: who may do what.</summary>
/// <param name="Json">In the canonical form of <see cref="PolicyText"/>; empty for a bucket without a policy.</param>
internal sealed record PolicySetting(string Json) : BucketSetting(BucketProperty.Policy)
{
    public override bool IsDefault => Json.Length == 0;

    public override string Summary => IsDefault ? "none" : $"{Json.Length} bytes";
}

/// <summary>Tags, sorted by key. S3 replaces all tags at once, so tags that others have set are written back.</summary>
internal sealed record TagSetting(Sequence<KeyValuePair<string, string>> Tags) : BucketSetting(BucketProperty.Tags)
{
    public override bool IsDefault => Tags.Count == 0;

    // Only the keys are shown: a value may be a secret of the template.
    public override string Summary => Tags.Count == 0 ? "none" : string.Join(" ", Tags.Select(t => t.Key));

    public override BucketSetting Over(BucketSetting? actual)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in ((actual as TagSetting)?.Tags ?? []).Concat(Tags))
            all[key] = value;
        return new TagSetting([.. all]);
    }
}

/// <summary>Static website hosting.</summary>
internal sealed record WebsiteSetting(string? Index, string? Error, string? RedirectHost, string? RedirectProtocol)
    : BucketSetting(BucketProperty.Website)
{
    public override string Summary => RedirectHost is null ? $"{Index} {Error}".TrimEnd() : $"→ {RedirectHost}";
}

/// <summary>Where the store sends notifications about changes of objects.</summary>
internal sealed record NotificationSetting(Sequence<NotificationTarget> Targets, bool EventBridge)
    : BucketSetting(BucketProperty.Notifications)
{
    public override bool IsDefault => Targets.Count == 0 && !EventBridge;

    public override string Summary => Counted.Of(Targets.Count, "target") + (EventBridge ? ", EventBridge" : "");
}

/// <summary>One target of notifications.</summary>
/// <param name="Kind"><c>Function</c>, <c>Queue</c> or <c>Topic</c>, CloudFormation's names.</param>
/// <param name="Arn">The ARN of the target.</param>
/// <param name="Events">Sorted, such as <c>s3:ObjectCreated:*</c>.</param>
/// <param name="Filters">Names in lower case (prefix, suffix) and values, sorted.</param>
internal sealed record NotificationTarget(
    string Kind,
    string Arn,
    Sequence<string> Events,
    Sequence<KeyValuePair<string, string>> Filters);

/// <summary>Formats counts for output.</summary>
internal static class Counted
{
    public static string Of(int count, string noun) => count switch
    {
        0 => "none",
        1 => $"1 {noun}",
        _ => $"{count} {noun}s",
    };
}

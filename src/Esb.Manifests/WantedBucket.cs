namespace Esb.Manifests;

/// <summary>What a manifest wants of a bucket. A setting that it does not name is left as it is.</summary>
internal sealed record WantedBucket(string Name, Sequence<BucketSetting> Settings);

namespace Esb.Manifests;

/// <summary>The bucket that a manifest wants. A setting that is not named stays as it is.</summary>
internal sealed record WantedBucket(string Name, Sequence<BucketSetting> Settings);

namespace Esb.Objects.Storage;

/// <summary>What the listings of a bucket are answered from. Guarded by the bucket's gate.</summary>
internal sealed class BucketIndex
{
    private BucketIndex(KeyIndex current, VersionIndex? versions) => (Current, Versions) = (current, versions);

    /// <summary>The objects that a plain read finds.</summary>
    public KeyIndex Current { get; }

    /// <summary>
    /// Null in a bucket that never had versioning: then each current object is its key's only version.
    /// </summary>
    public VersionIndex? Versions { get; }

    public static BucketIndex OfObjects(IEnumerable<ObjectMetadata> objects) =>
        new(new KeyIndex(objects.Select(ObjectEntry.Of)), null);

    public static BucketIndex OfVersions(IEnumerable<ObjectMetadata> all)
    {
        var versions = new VersionIndex(all.Select(VersionEntry.Of));
        return new BucketIndex(new KeyIndex(versions.Newest.Where(entry => !entry.IsDeleteMarker)), versions);
    }

    public void Set(ObjectMetadata metadata)
    {
        if (Versions is null)
        {
            Current.Set(ObjectEntry.Of(metadata));
            return;
        }

        Versions.Set(VersionEntry.Of(metadata));
        FindCurrent(Versions, metadata.Key);
    }

    public void Remove(string key, string id)
    {
        if (Versions is null)
        {
            Current.Remove(key);
            return;
        }

        Versions.Remove(key, id);
        FindCurrent(Versions, key);
    }

    private void FindCurrent(VersionIndex versions, string key)
    {
        if (versions.NewestOf(key) is { IsDeleteMarker: false } newest)
            Current.Set(newest);
        else
            Current.Remove(key);
    }
}

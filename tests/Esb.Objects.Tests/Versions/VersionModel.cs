namespace Esb.Objects.Tests.Versions;

/// <summary>What a bucket should contain, as plain lists: the versions of each key, the newest last.</summary>
internal sealed class VersionModel
{
    private readonly SortedDictionary<string, List<ModelVersion>> _keys = new(StringComparer.Ordinal);

    /// <summary>All versions, in the order of a listing.</summary>
    public IEnumerable<ModelVersion> All => _keys.Values.SelectMany(versions => versions.AsEnumerable().Reverse());

    public IEnumerable<ModelVersion> Current =>
        _keys.Values.Where(versions => versions.Count > 0 && !versions[^1].IsMarker).Select(versions => versions[^1]);

    public ModelVersion? NewestOf(string key) => Of(key).LastOrDefault();

    /// <summary>
    /// Adds the newest version; one with the same id, which only the null version can be, is replaced.
    /// </summary>
    public void Add(ModelVersion version)
    {
        Remove(version.Key, version.Id);
        Of(version.Key).Add(version);
    }

    public void Remove(string key, string id) => Of(key).RemoveAll(version => version.Id == id);

    private List<ModelVersion> Of(string key) => _keys.TryGetValue(key, out var versions) ? versions : _keys[key] = [];
}

/// <summary>One version of the model.</summary>
internal sealed record ModelVersion(string Key, string Id, string Content, bool IsMarker);

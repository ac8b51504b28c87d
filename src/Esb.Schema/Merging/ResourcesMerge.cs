using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// Merges resources.yml: tables, buckets and layers by name; kinds that this version does not know stay as they are.
/// </summary>
public static class ResourcesMerge
{
    /// <summary>Merges a deploy's document into the existing one. Both must be valid.</summary>
    public static MergeResult Merge(YamlMapping existing, YamlMapping incoming)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(incoming);
        List<Change> changes = [];
        var merged = existing;
        foreach (var (key, value) in incoming.Entries)
        {
            var before = merged[key.Value];
            var after = key.Value == "resources"
                ? MergeKinds(
                    before as YamlMapping ?? YamlMapping.Empty, value as YamlMapping ?? YamlMapping.Empty, changes)
                : KeyedMapping.Replace(before, value, key.Value, key.Value, changes);
            if (!ReferenceEquals(before, after))
                merged = merged.With(key.Value, after);
        }

        return MergeResult.Of(existing, merged, changes);
    }

    private static YamlMapping MergeKinds(YamlMapping existing, YamlMapping incoming, List<Change> changes)
    {
        var merged = existing;
        foreach (var (key, value) in incoming.Entries)
        {
            var before = merged[key.Value];
            var kind = ResourceKind.All.FirstOrDefault(k => k.Key == key.Value);
            var after = kind is not null
                ? KeyedList.Merge(before, value, kind.Noun, ItemKey.Of(kind.NameProperty), changes)
                : before ?? KeyedMapping.Replace(null, value, key.Value, key.Value, changes);
            if (!ReferenceEquals(before, after))
                merged = merged.With(key.Value, after);
        }

        return merged;
    }
}

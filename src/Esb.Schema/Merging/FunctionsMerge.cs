using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// Merges functions.yml: functions are replaced by name, and <c>defaults</c> are only completed, at every depth.
/// Nothing is removed.
/// </summary>
public static class FunctionsMerge
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
            var after = key.Value switch
            {
                "defaults" => FillIn(before, value, "", changes),
                "functions" => KeyedMapping.Merge(before, value, "function", changes),
                _ => KeyedMapping.Replace(before, value, key.Value, key.Value, changes),
            };
            if (!ReferenceEquals(before, after))
                merged = merged.With(key.Value, after);
        }

        return MergeResult.Of(existing, merged, changes);
    }

    // Existing keys keep their values; only keys that are missing or null are filled in.
    private static YamlNode FillIn(YamlNode? existing, YamlNode incoming, string path, List<Change> changes)
    {
        var isAbsent = existing is null or YamlScalar { IsNull: true };
        if (incoming is YamlMapping source && (existing is YamlMapping || (isAbsent && source.Entries.Count > 0)))
            return FillIn(existing as YamlMapping ?? new YamlMapping([], source.Place), source, path, changes);
        var key = path.Length == 0 ? "defaults" : path;
        if (isAbsent)
        {
            changes.Add(new Change(ChangeKind.Added, "default", key, null, incoming));
            return incoming;
        }

        changes.Add(new Change(ChangeKind.Unchanged, "default", key, existing, existing)
        {
            NotTaken = existing!.ContentEquals(incoming) ? null : incoming,
        });
        return existing;
    }

    private static YamlMapping FillIn(YamlMapping target, YamlMapping source, string path, List<Change> changes)
    {
        var filled = target;
        foreach (var (key, value) in source.Entries)
        {
            var before = filled[key.Value];
            var after = FillIn(before, value, path.Length == 0 ? key.Value : $"{path}.{key.Value}", changes);
            if (!ReferenceEquals(before, after))
                filled = filled.With(key.Value, after);
        }

        return filled;
    }
}

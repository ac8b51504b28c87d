using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>Replaces entries of a mapping by key, each in its place, and appends new ones.</summary>
internal static class KeyedMapping
{
    public static YamlNode Merge(YamlNode? existing, YamlNode incoming, string section, List<Change> changes)
    {
        if (incoming is not YamlMapping source)
            return existing ?? incoming;
        List<YamlEntry> entries = [.. (existing as YamlMapping)?.Entries ?? []];
        var at = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
            at[entries[i].Key.Value] = i;
        var before = changes.Count;
        foreach (var entry in source.Entries)
        {
            if (!at.TryGetValue(entry.Key.Value, out var i))
            {
                changes.Add(new Change(ChangeKind.Added, section, entry.Key.Value, null, entry.Value));
                entries.Add(entry);
            }
            else
            {
                entries[i] = new YamlEntry(
                    entries[i].Key, Replace(entries[i].Value, entry.Value, section, entry.Key.Value, changes));
            }
        }

        var unchanged = existing is YamlMapping && changes.Skip(before).All(c => c.Kind == ChangeKind.Unchanged);
        return unchanged ? existing! : new YamlMapping(entries, (existing ?? incoming).Place);
    }

    public static YamlNode Replace(
        YamlNode? existing,
        YamlNode incoming,
        string section,
        string key,
        List<Change> changes)
    {
        var kind = existing is null ? ChangeKind.Added
            : existing.ContentEquals(incoming) ? ChangeKind.Unchanged
            : ChangeKind.Replaced;
        changes.Add(new Change(kind, section, key, existing, kind == ChangeKind.Unchanged ? existing! : incoming));
        return kind == ChangeKind.Unchanged ? existing! : incoming;
    }
}

using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// A list whose items have keys. An unchanged item stays in its place; a changed one is removed and the new one
/// appended, so the order of the list is the order of the last changes.
/// </summary>
internal static class KeyedList
{
    public static YamlNode Merge(
        YamlNode? existing,
        YamlNode incoming,
        string section,
        ItemKey itemKey,
        List<Change> changes)
    {
        if (incoming is not YamlSequence source)
            return existing ?? incoming;
        var keyOf = itemKey.Identity;
        var old = (existing as YamlSequence)?.Items ?? [];
        var latest = Index(old, keyOf);
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        List<YamlNode> appended = [];
        foreach (var (key, item) in LastOfEachKey(source, keyOf))
        {
            latest.TryGetValue(key, out var before);
            var name = itemKey.Name(item);
            if (before is not null && before.ContentEquals(item))
            {
                changes.Add(new Change(ChangeKind.Unchanged, section, name, before, before));
                continue;
            }

            changes.Add(
                new Change(before is null ? ChangeKind.Added : ChangeKind.Replaced, section, name, before, item));
            replaced.Add(key);
            appended.Add(item);
        }

        if (appended.Count == 0 && existing is YamlSequence)
            return existing;
        var kept = old.Where(i => i is not YamlMapping m || keyOf(m) is not { } key || !replaced.Contains(key));
        return new YamlSequence([.. kept, .. appended], (existing ?? incoming).Place);
    }

    private static Dictionary<string, YamlNode> Index(IReadOnlyList<YamlNode> items, Func<YamlMapping, string?> keyOf)
    {
        var index = new Dictionary<string, YamlNode>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is YamlMapping mapping && keyOf(mapping) is { } key)
                index[key] = item;
        }

        return index;
    }

    // If a document contains a key twice, the later entry counts, in its own position.
    private static IEnumerable<(string Key, YamlMapping Item)> LastOfEachKey(
        YamlSequence source,
        Func<YamlMapping, string?> keyOf)
    {
        var last = Index(source.Items, keyOf);
        return source.Items.OfType<YamlMapping>().Where(i => keyOf(i) is { } key && ReferenceEquals(last[key], i))
            .Select(i => (keyOf(i)!, i));
    }
}

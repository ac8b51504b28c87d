using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// Compares two states of a file, with the same result types as a merge. Unlike a merge, it reports removed entries and
/// omits unchanged ones. Applying the changes to one state gives the other, except for order and comments.
/// </summary>
public static class DocumentComparison
{
    /// <summary>functions.yml: functions by name; <c>defaults</c> as a whole.</summary>
    public static IReadOnlyList<Change> Functions(YamlMapping before, YamlMapping after) =>
        Root(before, after, (key, old, now) => key switch
        {
            "functions" => ByKey("function", Entries(old), Entries(now)),
            "defaults" => ByKey("default", Single(key, old), Single(key, now)),
            _ => ByKey(key, Single(key, old), Single(key, now)),
        });

    /// <summary>routing.yml: routes by the requests that they match, API keys by application and name.</summary>
    public static IReadOnlyList<Change> Routing(YamlMapping before, YamlMapping after) =>
        Root(before, after, (key, old, now) => key switch
        {
            "routes" => Items("route", old, now, RoutingMerge.Routes),
            "api_keys" => Items("API key", old, now, RoutingMerge.ApiKeys),
            _ => ByKey(key, Single(key, old), Single(key, now)),
        });

    /// <summary>resources.yml: tables, buckets and layers by name.</summary>
    public static IReadOnlyList<Change> Resources(YamlMapping before, YamlMapping after) =>
        Root(before, after, (key, old, now) => key == "resources"
            ? Root(old as YamlMapping ?? YamlMapping.Empty, now as YamlMapping ?? YamlMapping.Empty, Kind)
            : ByKey(key, Single(key, old), Single(key, now)));

    private static IEnumerable<Change> Kind(string key, YamlNode? before, YamlNode? after) =>
        ResourceKind.All.FirstOrDefault(k => k.Key == key) is { } kind
            ? Items(kind.Noun, before, after, ItemKey.Of(kind.NameProperty))
            : ByKey(key, Single(key, before), Single(key, after));

    private static IReadOnlyList<Change> Root(
        YamlMapping before,
        YamlMapping after,
        Func<string, YamlNode?, YamlNode?, IEnumerable<Change>> compare)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var keys = after.Entries.Concat(before.Entries).Select(e => e.Key.Value).Distinct(StringComparer.Ordinal);
        return [.. keys.SelectMany(k => compare(k, before[k], after[k]))];
    }

    private static IEnumerable<Change> ByKey(
        string section,
        OrderedDictionary<string, YamlNode> before,
        OrderedDictionary<string, YamlNode> after)
    {
        foreach (var (key, now) in after)
        {
            if (!before.TryGetValue(key, out var old))
                yield return new Change(ChangeKind.Added, section, key, null, now);
            else if (!old.ContentEquals(now))
                yield return new Change(ChangeKind.Replaced, section, key, old, now);
        }

        foreach (var (key, old) in before)
        {
            if (!after.ContainsKey(key))
                yield return new Change(ChangeKind.Removed, section, key, old, null);
        }
    }

    private static IEnumerable<Change> Items(string section, YamlNode? before, YamlNode? after, ItemKey key) =>
        ByKey(section, Items(before, key), Items(after, key))
            .Select(c => c with { Key = key.Name((YamlMapping)(c.After ?? c.Before)!) });

    private static OrderedDictionary<string, YamlNode> Single(string key, YamlNode? node) =>
        node is null ? [] : new() { [key] = node };

    private static OrderedDictionary<string, YamlNode> Entries(YamlNode? node)
    {
        var entries = new OrderedDictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in (node as YamlMapping)?.Entries ?? [])
            entries[key.Value] = value;
        return entries;
    }

    // Of several entries with the same key the last one counts, as in a merge.
    private static OrderedDictionary<string, YamlNode> Items(YamlNode? node, ItemKey itemKey)
    {
        var items = new OrderedDictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var item in (node as YamlSequence)?.Items ?? [])
        {
            if (item is YamlMapping mapping && itemKey.Identity(mapping) is { } key)
                items[key] = item;
        }

        return items;
    }
}

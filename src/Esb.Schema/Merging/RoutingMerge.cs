using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>routing.yml: routes by path and method, API keys by name; the later one wins. Nothing is removed that the deploy does not name.</summary>
public static class RoutingMerge
{
    /// <summary>Merges a deploy's document into the one that is there. Both must be valid.</summary>
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
                "routes" => KeyedList.Merge(before, value, "route", KeyOf, changes),
                "api_keys" => KeyedList.Merge(before, value, "API key", k => (k["name"] as YamlScalar)?.Value, changes),
                _ => KeyedMapping.Replace(before, value, key.Value, key.Value, changes),
            };
            if (!ReferenceEquals(before, after))
                merged = merged.With(key.Value, after);
        }

        return MergeResult.Of(existing, merged, changes);
    }

    internal static string? KeyOf(YamlMapping route) =>
        route["path"] is YamlScalar path ? $"{RoutingFile.MethodOf(route)} {path.Value}" : null;
}

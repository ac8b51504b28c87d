using Esb.Schema.Files;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// Merges routing.yml: routes by the requests that they match, API keys by application and name; the later one takes
/// precedence. Nothing is removed that the deploy does not name.
/// </summary>
public static class RoutingMerge
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
                "routes" => KeyedList.Merge(before, value, "route", Routes, changes),
                "api_keys" => KeyedList.Merge(
                    before, KeyVariables.Kept(before, value, Adopting(value)), "API key", Adopting(value), changes),
                _ => KeyedMapping.Replace(before, value, key.Value, key.Value, changes),
            };
            if (!ReferenceEquals(before, after))
                merged = merged.With(key.Value, after);
        }

        return MergeResult.Of(existing, merged, changes);
    }

    /// <summary>
    /// Two routes that differ only in the names of parameters match the same requests, so the gateway could serve only
    /// one of them.
    /// </summary>
    internal static readonly ItemKey Routes = new(
        r => r["path"] is YamlScalar path ? RouteShape.Of(RoutingFile.MethodOf(r), path.Value) : null,
        r => $"{RoutingFile.MethodOf(r)} {(r["path"] as YamlScalar)?.Value}");

    /// <summary>Applications choose the names of their API keys independently.</summary>
    internal static readonly ItemKey ApiKeys = new(KeyOfApiKey, k => KeyOfApiKey(k) ?? "");

    private static string? KeyOfApiKey(YamlMapping key) =>
        (key["name"] as YamlScalar)?.Value is not { } name ? null
            : ApplicationName.Of(key) is { } application ? $"{application}/{name}"
            : name;

    // A key without an application was written before ESB had applications. The first application with a key of that
    // name takes it over, so that the old key does not remain next to the new one.
    private static ItemKey Adopting(YamlNode incoming)
    {
        var keys = (incoming as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];
        var adopted = keys.Where(k => k["name"] is YamlScalar)
            .GroupBy(k => ((YamlScalar)k["name"]!).Value, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => KeyOfApiKey(g.First()), StringComparer.Ordinal);
        return ApiKeys with
        {
            Identity = key => KeyOfApiKey(key) is { } own && ApplicationName.Of(key) is null
                ? adopted.GetValueOrDefault(own) ?? own
                : KeyOfApiKey(key),
        };
    }
}

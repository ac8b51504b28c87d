using Esb.Schema.Files;
using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>An entry of the three files: a function, a route, an API key, a table, a bucket or a layer.</summary>
/// <param name="Section">Its kind, as in <see cref="Change.Section"/>.</param>
/// <param name="Key">The key by which deploys identify it, as in <see cref="Change.Key"/>.</param>
/// <param name="Application">The application that owns it; null for none.</param>
public sealed record ConfigurationEntry(string Section, string Key, string? Application)
{
    /// <summary>Whether both are the same entry, whatever their owners.</summary>
    public bool IsSame(ConfigurationEntry other) => other is not null && (Section, Key) == (other.Section, other.Key);

    /// <summary>All entries of the three documents.</summary>
    public static IReadOnlyList<ConfigurationEntry> Of(
        YamlMapping resources,
        YamlMapping functions,
        YamlMapping routing)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(routing);
        return
        [
            .. (functions["functions"] as YamlMapping)?.Entries.Select(OfFunction) ?? [],
            .. Items(routing, "routes").Select(OfRoute).OfType<ConfigurationEntry>(),
            .. Items(routing, "api_keys").Select(OfApiKey).OfType<ConfigurationEntry>(),
            .. ResourceKind.All.SelectMany(kind => Items(resources["resources"] as YamlMapping, kind.Key)
                .Select(item => OfResource(kind, item))).OfType<ConfigurationEntry>(),
        ];
    }

    internal static ConfigurationEntry OfFunction(YamlEntry function) =>
        new("function", function.Key.Value, ApplicationName.Of(function.Value));

    internal static ConfigurationEntry? OfRoute(YamlNode route) => Of("route", route, RoutingMerge.Routes);

    internal static ConfigurationEntry? OfApiKey(YamlNode key) => Of("API key", key, RoutingMerge.ApiKeys);

    internal static ConfigurationEntry? OfResource(ResourceKind kind, YamlNode resource) =>
        Of(kind.Noun, resource, ItemKey.Of(kind.NameProperty));

    private static ConfigurationEntry? Of(string section, YamlNode node, ItemKey key) =>
        node is YamlMapping mapping && key.Identity(mapping) is not null
            ? new ConfigurationEntry(section, key.Name(mapping), ApplicationName.Of(mapping))
            : null;

    private static IEnumerable<YamlNode> Items(YamlMapping? document, string list) =>
        (document?[list] as YamlSequence)?.Items ?? [];
}

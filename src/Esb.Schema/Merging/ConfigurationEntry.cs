using Esb.Schema.Files;
using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>One thing that the three files name: a function, a route, an API key, a table, a bucket or a layer.</summary>
/// <param name="Section">Its kind, as <see cref="Change.Section"/> has it.</param>
/// <param name="Key">By which deploys know it, as <see cref="Change.Key"/> has it.</param>
/// <param name="Application">Whose it is; null when it says no application.</param>
public sealed record ConfigurationEntry(string Section, string Key, string? Application)
{
    /// <summary>Whether both are one thing, whosever it is.</summary>
    public bool IsSame(ConfigurationEntry other) => other is not null && (Section, Key) == (other.Section, other.Key);

    /// <summary>All that the three documents name.</summary>
    public static IReadOnlyList<ConfigurationEntry> Of(YamlMapping resources, YamlMapping functions, YamlMapping routing)
    {
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(routing);
        return
        [
            .. (functions["functions"] as YamlMapping)?.Entries.Select(OfFunction) ?? [],
            .. Items(routing, "routes").Select(OfRoute).OfType<ConfigurationEntry>(),
            .. Items(routing, "api_keys").Select(OfApiKey).OfType<ConfigurationEntry>(),
            .. ResourceKind.All.SelectMany(kind => Items(resources["resources"] as YamlMapping, kind.Key).Select(item => OfResource(kind, item))).OfType<ConfigurationEntry>(),
        ];
    }

    internal static ConfigurationEntry OfFunction(YamlEntry function) => new("function", function.Key.Value, ApplicationName.Of(function.Value));

    internal static ConfigurationEntry? OfRoute(YamlNode route) => Of("route", route, RoutingMerge.Routes);

    internal static ConfigurationEntry? OfApiKey(YamlNode key) => Of("API key", key, RoutingMerge.ApiKeys);

    internal static ConfigurationEntry? OfResource(ResourceKind kind, YamlNode resource) =>
        Of(kind.Noun, resource, ItemKey.Of(kind.NameProperty));

    private static ConfigurationEntry? Of(string section, YamlNode node, ItemKey key) =>
        node is YamlMapping mapping && key.Identity(mapping) is not null ? new ConfigurationEntry(section, key.Name(mapping), ApplicationName.Of(mapping)) : null;

    private static IEnumerable<YamlNode> Items(YamlMapping? document, string list) => (document?[list] as YamlSequence)?.Items ?? [];
}

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

    /// <summary>What <c>functions.yml</c> names.</summary>
    public static IEnumerable<ConfigurationEntry> OfFunctions(YamlMapping document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return (document["functions"] as YamlMapping)?.Entries.Select(OfFunction) ?? [];
    }

    /// <summary>What <c>routing.yml</c> names.</summary>
    public static IEnumerable<ConfigurationEntry> OfRouting(YamlMapping document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Items(document, "routes").Select(OfRoute).Concat(Items(document, "api_keys").Select(OfApiKey)).OfType<ConfigurationEntry>();
    }

    /// <summary>What <c>resources.yml</c> names.</summary>
    public static IEnumerable<ConfigurationEntry> OfResources(YamlMapping document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return ResourceKind.All.SelectMany(kind => Items(document["resources"] as YamlMapping, kind.Key).Select(item => OfResource(kind, item))).OfType<ConfigurationEntry>();
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

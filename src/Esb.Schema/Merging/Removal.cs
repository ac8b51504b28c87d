using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>Takes entries out of the three documents. All else stays as it is: other entries, their order, and keys that nobody knows.</summary>
public static class Removal
{
    /// <summary>functions.yml without the functions that go.</summary>
    /// <param name="document">What stands in the file.</param>
    /// <param name="goes">Whether an entry goes.</param>
    public static YamlMapping FromFunctions(YamlMapping document, Predicate<ConfigurationEntry> goes)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(goes);
        if (document["functions"] is not YamlMapping functions || !functions.Entries.Any(f => goes(ConfigurationEntry.OfFunction(f))))
            return document;
        return document.With("functions", new YamlMapping([.. functions.Entries.Where(f => !goes(ConfigurationEntry.OfFunction(f)))], functions.Place, functions.Tag));
    }

    /// <summary>routing.yml without the routes and API keys that go.</summary>
    /// <inheritdoc cref="FromFunctions"/>
    public static YamlMapping FromRouting(YamlMapping document, Predicate<ConfigurationEntry> goes)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(goes);
        return FromList(FromList(document, "routes", ConfigurationEntry.OfRoute, goes), "api_keys", ConfigurationEntry.OfApiKey, goes);
    }

    /// <summary>resources.yml without the tables, buckets and layers that go; what is stored in them is not touched by that.</summary>
    /// <inheritdoc cref="FromFunctions"/>
    public static YamlMapping FromResources(YamlMapping document, Predicate<ConfigurationEntry> goes)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(goes);
        if (document["resources"] is not YamlMapping resources)
            return document;
        var left = ResourceKind.All.Aggregate(resources, (rest, kind) => FromList(rest, kind.Key, item => ConfigurationEntry.OfResource(kind, item), goes));
        return ReferenceEquals(left, resources) ? document : document.With("resources", left);
    }

    private static YamlMapping FromList(YamlMapping document, string key, Func<YamlNode, ConfigurationEntry?> entryOf, Predicate<ConfigurationEntry> goes)
    {
        bool Goes(YamlNode item) => entryOf(item) is { } entry && goes(entry);
        if (document[key] is not YamlSequence list || !list.Items.Any(Goes))
            return document;
        return document.With(key, new YamlSequence([.. list.Items.Where(i => !Goes(i))], list.Place, list.Tag));
    }
}

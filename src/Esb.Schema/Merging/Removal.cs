using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// Removes entries from the three documents. Everything else stays as it is: other entries, their order, and unknown
/// keys.
/// </summary>
public static class Removal
{
    /// <summary>Returns functions.yml without some functions.</summary>
    /// <param name="document">The document of the file.</param>
    /// <param name="isRemoved">Whether an entry is removed.</param>
    public static YamlMapping FromFunctions(YamlMapping document, Predicate<ConfigurationEntry> isRemoved)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(isRemoved);
        if (document["functions"] is not YamlMapping functions
            || !functions.Entries.Any(f => isRemoved(ConfigurationEntry.OfFunction(f))))
            return document;
        return document.With("functions", new YamlMapping(
            [.. functions.Entries.Where(f => !isRemoved(ConfigurationEntry.OfFunction(f)))],
            functions.Place,
            functions.Tag));
    }

    /// <summary>Returns routing.yml without some routes and API keys.</summary>
    /// <inheritdoc cref="FromFunctions"/>
    public static YamlMapping FromRouting(YamlMapping document, Predicate<ConfigurationEntry> isRemoved)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(isRemoved);
        var left = FromList(document, "routes", ConfigurationEntry.OfRoute, isRemoved);
        return FromList(left, "api_keys", ConfigurationEntry.OfApiKey, isRemoved);
    }

    /// <summary>
    /// Returns resources.yml without some tables, buckets and layers; their contents are not affected.
    /// </summary>
    /// <inheritdoc cref="FromFunctions"/>
    public static YamlMapping FromResources(YamlMapping document, Predicate<ConfigurationEntry> isRemoved)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(isRemoved);
        if (document["resources"] is not YamlMapping resources)
            return document;
        var left = ResourceKind.All.Aggregate(
            resources,
            (rest, kind) => FromList(rest, kind.Key, item => ConfigurationEntry.OfResource(kind, item), isRemoved));
        return ReferenceEquals(left, resources) ? document : document.With("resources", left);
    }

    private static YamlMapping FromList(
        YamlMapping document,
        string key,
        Func<YamlNode, ConfigurationEntry?> entryOf,
        Predicate<ConfigurationEntry> isRemoved)
    {
        bool IsRemoved(YamlNode item) => entryOf(item) is { } entry && isRemoved(entry);
        if (document[key] is not YamlSequence list || !list.Items.Any(IsRemoved))
            return document;
        return document.With(key, new YamlSequence([.. list.Items.Where(i => !IsRemoved(i))], list.Place, list.Tag));
    }
}

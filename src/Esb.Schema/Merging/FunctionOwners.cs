using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// Records, in the documents of an application, the owners of functions of other applications that it refers to. A
/// route, an authorizer or a destination is closed when another application takes over the function that it was
/// deployed for.
/// </summary>
public static class FunctionOwners
{
    private static readonly string[] Destinations = ["on_success", "on_failure", "dead_letter"];

    /// <summary>
    /// Records owners in the documents of one template. A name refers to a function of that template, otherwise to a
    /// function of another template that is read with it.
    /// </summary>
    /// <param name="all">functions.yml of all templates together.</param>
    /// <param name="own">The documents of this template.</param>
    public static ConfigurationDocuments OfTemplate(YamlMapping all, ConfigurationDocuments own)
    {
        ArgumentNullException.ThrowIfNull(all);
        return Note(own, (brought, name) =>
            new Meant(ApplicationName.Of(brought?[name] ?? (all["functions"] as YamlMapping)?[name])));
    }

    /// <summary>
    /// Records owners in the documents of a deploy. A name that none of its templates defines refers to the existing
    /// function or, if there is none, to any future one. References between its templates have been recorded already:
    /// if two templates define the same function, each refers to its own.
    /// </summary>
    /// <param name="existing">The current functions.yml.</param>
    /// <param name="incoming">The documents that are merged.</param>
    public static ConfigurationDocuments OfDeploy(YamlMapping existing, ConfigurationDocuments incoming)
    {
        ArgumentNullException.ThrowIfNull(existing);
        var there = existing["functions"] as YamlMapping;
        return Note(incoming, (brought, name) => brought?.Contains(name) == true
            ? null
            : new Meant(there?[name] is { } function ? ApplicationName.Of(function) : ApplicationName.Anybody));
    }

    private static ConfigurationDocuments Note(
        ConfigurationDocuments documents,
        Func<YamlMapping?, string, Meant?> find)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var owners = new Owners(documents.Functions["functions"] as YamlMapping, find);
        return documents with
        {
            Functions = OfFunctions(documents.Functions, owners),
            Routing = OfRoutes(documents.Routing, owners),
        };
    }

    private static YamlMapping OfFunctions(YamlMapping document, Owners owners)
    {
        if (document["functions"] is not YamlMapping functions
            || !functions.Entries.Any(f => (f.Value as YamlMapping)?["async"] is YamlMapping))
            return document;
        return document.With("functions", new YamlMapping(
            [.. functions.Entries.Select(f => f with { Value = OfFunction(f.Value, owners) })],
            functions.Place,
            functions.Tag));
    }

    private static YamlNode OfFunction(YamlNode node, Owners owners)
    {
        if (node is not YamlMapping function
            || ApplicationName.Of(function) is not { } application
            || function["async"] is not YamlMapping settings)
            return node;
        var noted = Destinations.Aggregate(
            settings, (all, key) => Replaced(all, key, target => owners.Note(target, application)));
        return ReferenceEquals(noted, settings) ? function : function.With("async", noted);
    }

    private static YamlMapping OfRoutes(YamlMapping document, Owners owners)
    {
        if (document["routes"] is not YamlSequence routes)
            return document;
        var isChanged = false;
        List<YamlNode> noted = new(routes.Items.Count);
        foreach (var item in routes.Items)
        {
            var route = OfRoute(item, owners);
            isChanged |= !ReferenceEquals(route, item);
            noted.Add(route);
        }

        return isChanged ? document.With("routes", new YamlSequence(noted, routes.Place, routes.Tag)) : document;
    }

    private static YamlNode OfRoute(YamlNode node, Owners owners)
    {
        if (node is not YamlMapping route || ApplicationName.Of(route) is not { } application)
            return node;
        return Replaced(
            owners.Note(route, application), "authorizer", authorizer => owners.Note(authorizer, application));
    }

    private static YamlMapping Replaced(YamlMapping mapping, string key, Func<YamlMapping, YamlMapping> change)
    {
        if (mapping[key] is not YamlMapping before)
            return mapping;
        var after = change(before);
        return ReferenceEquals(before, after) ? mapping : mapping.With(key, after);
    }

    private sealed record Meant(string? Application);

    private sealed record Owners(YamlMapping? Functions, Func<YamlMapping?, string, Meant?> Find)
    {
        // Records the owner in an entry of the application that names a function.
        public YamlMapping Note(YamlMapping entry, string application)
        {
            if (entry["function"] is not YamlScalar { IsNull: false } name
                || Find(Functions, name.Value) is not { } meant)
                return entry;
            return meant.Application is not { } owner || owner == application
                ? entry.Without(ApplicationName.FunctionKey)
                : entry.With(ApplicationName.FunctionKey, YamlScalar.Text(owner));
        }
    }
}

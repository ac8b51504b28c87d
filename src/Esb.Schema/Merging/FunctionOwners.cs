using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// Notes in what an application brings whose functions it means, where they are not its own. By that a route, an authorizer or a destination is closed once
/// another application takes over the function that it was deployed for.
/// </summary>
public static class FunctionOwners
{
    private static readonly string[] Destinations = ["on_success", "on_failure", "dead_letter"];

    /// <summary>The documents of a deploy, with what they mean.</summary>
    /// <param name="existing">functions.yml as it is.</param>
    /// <param name="functions">What is merged into it.</param>
    /// <param name="routing">What is merged into routing.yml.</param>
    /// <param name="isAll">There will be no other functions than these: what is not there yet is meant whosever it will be.</param>
    public static (YamlMapping Functions, YamlMapping Routing) Note(YamlMapping existing, YamlMapping functions, YamlMapping routing, bool isAll)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(routing);
        var owners = new Owners(existing["functions"] as YamlMapping, functions["functions"] as YamlMapping, isAll);
        return (OfFunctions(functions, owners), OfRoutes(routing, owners));
    }

    private static YamlMapping OfFunctions(YamlMapping document, Owners owners)
    {
        if (document["functions"] is not YamlMapping functions || !functions.Entries.Any(f => (f.Value as YamlMapping)?["async"] is YamlMapping))
            return document;
        return document.With("functions", new YamlMapping([.. functions.Entries.Select(f => f with { Value = OfFunction(f.Value, owners) })], functions.Place, functions.Tag));
    }

    private static YamlNode OfFunction(YamlNode node, Owners owners)
    {
        if (node is not YamlMapping function || ApplicationName.Of(function) is not { } application || function["async"] is not YamlMapping settings)
            return node;
        var noted = Destinations.Aggregate(settings, (all, key) => Replaced(all, key, target => owners.Note(target, application)));
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
        return Replaced(owners.Note(route, application), "authorizer", authorizer => owners.Note(authorizer, application));
    }

    private static YamlMapping Replaced(YamlMapping mapping, string key, Func<YamlMapping, YamlMapping> change)
    {
        if (mapping[key] is not YamlMapping before)
            return mapping;
        var after = change(before);
        return ReferenceEquals(before, after) ? mapping : mapping.With(key, after);
    }

    private sealed record Owners(YamlMapping? Existing, YamlMapping? Incoming, bool IsAll)
    {
        // What an entry of the application says of the function that it names.
        public YamlMapping Note(YamlMapping entry, string application)
        {
            if (entry["function"] is not YamlScalar { IsNull: false } name)
                return entry;
            var meant = (Incoming?[name.Value] ?? Existing?[name.Value]) is { } function ? ApplicationName.Of(function) : IsAll ? ApplicationName.Anybody : null;
            return meant is null || meant == application ? entry.Without(ApplicationName.FunctionKey) : entry.With(ApplicationName.FunctionKey, YamlScalar.Text(meant));
        }
    }
}

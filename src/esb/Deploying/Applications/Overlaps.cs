using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>Requests that fit a route of a deploy and one of another application, or of another API of its own: one of the two takes them from the other.</summary>
/// <param name="Route">Of the deploy.</param>
/// <param name="Other">Of another application or API. On AWS that has a host of its own.</param>
/// <param name="IsFirst">The deploy's goes before the other one.</param>
internal sealed record Overlap(RouteDefinition Route, RouteDefinition Other, bool IsFirst)
{
    private RouteDefinition First => IsFirst ? Route : Other;

    private RouteDefinition Behind => IsFirst ? Other : Route;

    /// <summary>Both take what they took, but for what a route for everything leaves to others anyway. It leaves nothing to one that names no path either.</summary>
    public bool IsBroad => RouteOverlap.IsCatchAll(Behind) && !RouteOverlap.HasNoText(First);

    /// <summary>Whose the other one is, where that tells it apart: another application, or another API of the same one.</summary>
    public string Whose => (Other.Api.Application == Route.Api.Application, Other.Api) switch
    {
        (true, { IsFunctionUrl: false, Name: { } name }) => $" of the API '{name}'",
        (false, { Application: { } application }) => $" of application '{application}'",
        (false, _) => " of no application",
        _ => "",
    };

    /// <summary>It takes requests that another application means to have.</summary>
    public bool Takes => IsFirst && !IsBroad && Other.Api.Application != Route.Api.Application;

    /// <summary>Requests with what their guard asks for, or to a function's URL, reach another function than the one that they are meant for.</summary>
    public bool IsDangerous => !IsBroad && (Behind.Api.IsFunctionUrl || !OpenRoutes.IsOpen(Behind));
}

/// <summary>The overlaps of a deploy, and how they are told.</summary>
internal static class Overlaps
{
    private const int MostNamed = 5;

    /// <summary>Of the routes that a deploy changes.</summary>
    /// <param name="changes">Of routing.yml.</param>
    /// <param name="routes">Those that are served afterwards, by shape.</param>
    public static IReadOnlyList<Overlap> Of(IEnumerable<Change> changes, IReadOnlyDictionary<string, RouteDefinition> routes) => Between(
        [
            .. changes.Where(c => c is { Section: "route", Kind: ChangeKind.Added or ChangeKind.Replaced })
                .Select(c => routes.GetValueOrDefault(RouteShape.OfName(c.Key))).OfType<RouteDefinition>().Where(r => r.Api.Application is not null),
        ],
        routes.Values);

    /// <summary>Of some routes with those of other applications and APIs.</summary>
    public static IReadOnlyList<Overlap> Between(IReadOnlyList<RouteDefinition> changed, IEnumerable<RouteDefinition> routes)
    {
        if (changed.Count == 0)
            return [];
        var apis = changed.Select(ApiOf).ToHashSet();
        var others = routes.Where(r => apis.Count > 1 || !apis.Contains(ApiOf(r))).ToLookup(Beginning, StringComparer.Ordinal);
        if (others.Count == 0)
            return [];
        // Two APIs of one application often come in one deploy: then each pair is told once.
        var both = changed.ToHashSet<RouteDefinition>(ReferenceEqualityComparer.Instance);
        return
        [
            .. from route in changed
               from other in Beginning(route) is { Length: > 0 } text ? others[text].Concat(others[""]) : others.SelectMany(o => o)
               where ApiOf(other) != ApiOf(route)
               let overlap = RouteOverlap.Of(route, other)
               where overlap is not null
               let told = new Overlap(route, other, ReferenceEquals(overlap.First, route))
               where other.Api.Application != route.Api.Application || !(told.IsBroad || (!told.IsFirst && both.Contains(other)))
               select told,
        ];
    }

    /// <summary>Those that a strict deploy does not make, in a text for each route and application.</summary>
    public static IEnumerable<string> Dangers(IEnumerable<Overlap> overlaps) => Grouped(overlaps.Where(o => o.IsDangerous));

    /// <summary>The same as warnings.</summary>
    public static IEnumerable<Diagnostic> Warnings(IReadOnlyList<Overlap> overlaps) => Dangers(overlaps).Select(text => new Diagnostic(
        Severity.Warning, DiagnosticCodes.Shadowed, text, Help: "requests to the one behind, with what its guard asks for, reach the other function; give the one in front another path or method if that is not meant"));

    /// <summary>The others, in a line for each route and application.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Overlap> overlaps) => Grouped(overlaps.Where(o => !o.IsDangerous));

    private static IEnumerable<string> Grouped(IEnumerable<Overlap> overlaps) =>
        from overlap in overlaps
        group overlap by (overlap.Route.Key, overlap.IsFirst, overlap.Whose) into some
        let more = some.Count() > MostNamed ? $" and {some.Count() - MostNamed} more" : ""
        select $"{some.Key.Key} {(some.Key.IsFirst ? "goes before" : "stands behind")} {string.Join(", ", some.Take(MostNamed).Select(o => o.Other.Key))}{more}{some.Key.Whose}";

    // What has one host on AWS. No two URLs of functions have a request in common.
    private static (string? Application, string? Api) ApiOf(RouteDefinition route) => (route.Api.Application, route.Api.IsFunctionUrl ? "" : route.Api.Name);

    // The first segment, if it is a text: routes that begin with different ones have no request in common.
    private static string Beginning(RouteDefinition route)
    {
        if (route.Path == RoutePattern.Default)
            return "";
        var segment = RouteShape.Of(route.Path)[1..].Split('/', 2)[0];
        return segment.StartsWith('{') ? "" : segment;
    }
}

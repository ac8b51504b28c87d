using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>Requests that fit a route of a deploy and one of another application: one of the two takes them from the other.</summary>
/// <param name="Route">Of the deploy.</param>
/// <param name="Other">Of another application.</param>
/// <param name="IsFirst">The deploy's goes before the other one.</param>
internal sealed record Overlap(RouteDefinition Route, RouteDefinition Other, bool IsFirst)
{
    /// <summary>Both take what they took, but for what a route for everything leaves to others anyway.</summary>
    public bool IsBroad => RouteOverlap.IsCatchAll(IsFirst ? Other : Route);

    /// <summary>It takes requests that another application means to have.</summary>
    public bool Takes => IsFirst && !IsBroad && Other.Api.Application is not null;

    /// <summary>Requests with what their guard asks for, or to a function's URL, reach another function than the one that they are meant for.</summary>
    public bool IsDangerous => !IsBroad && (IsFirst ? Other : Route) is { } behind && (behind.Api.IsFunctionUrl || !OpenRoutes.IsOpen(behind));
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

    /// <summary>Of some routes with those of other applications.</summary>
    public static IReadOnlyList<Overlap> Between(IReadOnlyList<RouteDefinition> changed, IEnumerable<RouteDefinition> routes)
    {
        var applications = changed.Select(r => r.Api.Application).ToHashSet(StringComparer.Ordinal);
        var others = routes.Where(r => applications.Count > 1 || !applications.Contains(r.Api.Application)).ToLookup(Beginning, StringComparer.Ordinal);
        if (others.Count == 0)
            return [];
        return
        [
            .. from route in changed
               from other in Beginning(route) is { Length: > 0 } text ? others[text].Concat(others[""]) : others.SelectMany(o => o)
               where other.Api.Application != route.Api.Application
               let overlap = RouteOverlap.Of(route, other)
               where overlap is not null
               select new Overlap(route, other, overlap.First == route),
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
        group overlap by (overlap.Route.Key, overlap.IsFirst, overlap.Other.Api.Application) into some
        let more = some.Count() > MostNamed ? $" and {some.Count() - MostNamed} more" : ""
        let whose = some.Key.Application is { } application ? $" of application '{application}'" : ""
        select $"{some.Key.Key} {(some.Key.IsFirst ? "goes before" : "stands behind")} {string.Join(", ", some.Take(MostNamed).Select(o => o.Other.Key))}{more}{whose}";

    // The first segment, if it is a text: routes that begin with different ones have no request in common.
    private static string Beginning(RouteDefinition route)
    {
        if (route.Path == RoutePattern.Default)
            return "";
        var segment = RouteShape.Of(route.Path)[1..].Split('/', 2)[0];
        return segment.StartsWith('{') ? "" : segment;
    }
}

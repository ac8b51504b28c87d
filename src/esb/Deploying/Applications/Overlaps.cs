using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>
/// A route of a deploy and a route of another application or API that both match some requests. Only one of the two
/// receives these requests.
/// </summary>
/// <param name="Route">The route of the deploy.</param>
/// <param name="Other">The route of the other application or API, which has its own host on AWS.</param>
/// <param name="IsFirst">Whether the deploy's route takes precedence.</param>
internal sealed record Overlap(RouteDefinition Route, RouteDefinition Other, bool IsFirst)
{
    private RouteDefinition First => IsFirst ? Route : Other;

    private RouteDefinition Behind => IsFirst ? Other : Route;

    /// <summary>
    /// Whether the second route is a catch-all, which leaves requests to more specific routes anyway. A first route
    /// without literal text does not count as more specific.
    /// </summary>
    public bool IsBroad => RouteOverlap.IsCatchAll(Behind) && !RouteOverlap.HasNoText(First);

    /// <summary>
    /// The owner of the other route, as part of a message: another application, or another API of the same one.
    /// </summary>
    public string OwnerText => (Other.Api.Application == Route.Api.Application, Other.Api) switch
    {
        (true, { IsFunctionUrl: false, Name: { } name }) => $" of the API '{name}'",
        (false, { Application: { } application }) => $" of application '{application}'",
        (false, _) => " of no application",
        _ => "",
    };

    /// <summary>Whether the deploy's route takes requests that are meant for another application.</summary>
    public bool Takes => IsFirst && !IsBroad && Other.Api.Application != Route.Api.Application;

    /// <summary>Whether requests that are meant for a guarded route or a function URL reach another function.</summary>
    public bool IsDangerous => !IsBroad && (Behind.Api.IsFunctionUrl || !OpenRoutes.IsOpen(Behind));
}

/// <summary>The overlaps of a deploy, and their messages.</summary>
internal static class Overlaps
{
    private const int MaxNamed = 5;

    /// <summary>The overlaps of the routes that a deploy changes.</summary>
    /// <param name="changes">The changes of routing.yml.</param>
    /// <param name="routes">The routes served after the deploy, by shape.</param>
    public static IReadOnlyList<Overlap> Of(
        IEnumerable<Change> changes, IReadOnlyDictionary<string, RouteDefinition> routes)
    {
        var changed = changes.Where(c => c is { Section: "route", Kind: ChangeKind.Added or ChangeKind.Replaced })
            .Select(c => routes.GetValueOrDefault(RouteShape.OfName(c.Key))).OfType<RouteDefinition>();
        return Between([.. changed.Where(r => r.Api.Application is not null)], routes.Values);
    }

    /// <summary>The overlaps of some routes with those of other applications and APIs.</summary>
    public static IReadOnlyList<Overlap> Between(
        IReadOnlyList<RouteDefinition> changed, IEnumerable<RouteDefinition> routes)
    {
        if (changed.Count == 0)
            return [];
        var apis = changed.Select(ApiOf).ToHashSet();
        var others = routes.Where(r => apis.Count > 1 || !apis.Contains(ApiOf(r)))
            .ToLookup(Beginning, StringComparer.Ordinal);
        if (others.Count == 0)
            return [];
        // One deploy often contains several APIs of an application; each pair of their routes is reported once.
        var both = changed.ToHashSet<RouteDefinition>(ReferenceEqualityComparer.Instance);
        return
        [
            .. from route in changed
               from other in Beginning(route) is { Length: > 0 } text
                   ? others[text].Concat(others[""])
                   : others.SelectMany(o => o)
               where ApiOf(other) != ApiOf(route)
               let overlap = RouteOverlap.Of(route, other)
               where overlap is not null
               let found = new Overlap(route, other, ReferenceEquals(overlap.First, route))
               where other.Api.Application != route.Api.Application
                   || !(found.IsBroad || (!found.IsFirst && both.Contains(other)))
               select found,
        ];
    }

    /// <summary>The overlaps that a strict deploy refuses: one text for each route and application.</summary>
    public static IEnumerable<string> Dangers(IEnumerable<Overlap> overlaps) =>
        Grouped(overlaps.Where(o => o.IsDangerous));

    /// <summary>The overlaps that a strict deploy refuses, as warnings.</summary>
    public static IEnumerable<Diagnostic> Warnings(IReadOnlyList<Overlap> overlaps)
    {
        const string help = "requests to the one behind, with what its guard asks for, reach the other function; "
            + "give the one in front another path or method if that is not meant";
        return Dangers(overlaps).Select(text =>
            new Diagnostic(Severity.Warning, DiagnosticCodes.Shadowed, text, Help: help));
    }

    /// <summary>The other overlaps: one line for each route and application.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Overlap> overlaps) =>
        Grouped(overlaps.Where(o => !o.IsDangerous));

    private static IEnumerable<string> Grouped(IEnumerable<Overlap> overlaps) =>
        from overlap in overlaps
        group overlap by (overlap.Route.Key, overlap.IsFirst, overlap.OwnerText) into some
        let more = some.Count() > MaxNamed ? $" and {some.Count() - MaxNamed} more" : ""
        select $"{some.Key.Key} {(some.Key.IsFirst ? "comes before" : "comes after")} "
            + $"{string.Join(", ", some.Take(MaxNamed).Select(o => o.Other.Key))}{more}{some.Key.OwnerText}";

    // Routes of one API share a host on AWS, so they are not compared with each other. The function URLs of an
    // application, each of which has its own host, count as one API here.
    private static (string? Application, string? Api) ApiOf(RouteDefinition route) =>
        (route.Api.Application, route.Api.IsFunctionUrl ? "" : route.Api.Name);

    // The first segment, if it is literal: routes with different first segments never overlap.
    private static string Beginning(RouteDefinition route)
    {
        if (route.Path == RoutePattern.Default)
            return "";
        var segment = RouteShape.Of(route.Path)[1..].Split('/', 2)[0];
        return segment.StartsWith('{') ? "" : segment;
    }
}

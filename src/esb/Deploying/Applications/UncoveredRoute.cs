using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>A guarded route, or the URL of a function, that goes, so that its requests fall to an open route of another application.</summary>
/// <param name="Route">What goes.</param>
/// <param name="Behind">What gets its requests.</param>
internal sealed record UncoveredRoute(RouteDefinition Route, RouteDefinition Behind)
{
    private const int MostNamed = 10;

    /// <param name="changes">Of routing.yml.</param>
    /// <param name="before">The routes that were served, by shape.</param>
    /// <param name="after">Those that are served afterwards.</param>
    public static IReadOnlyList<UncoveredRoute> Of(IEnumerable<Change> changes, IReadOnlyDictionary<string, RouteDefinition> before, IReadOnlyDictionary<string, RouteDefinition> after)
    {
        List<RouteDefinition> gone =
        [
            .. changes.Where(c => c is { Section: "route", Kind: ChangeKind.Removed }).Select(c => RouteShape.OfName(c.Key)).Where(shape => !after.ContainsKey(shape))
                .Select(before.GetValueOrDefault).OfType<RouteDefinition>().Where(r => r.Api.IsFunctionUrl || !OpenRoutes.IsOpen(r)),
        ];
        return gone.Count == 0 ? [] : [.. gone.SelectMany(route => after.Values.Where(r => Gets(r, route)).Select(r => new UncoveredRoute(route, r)))];
    }

    /// <summary>A warning for each route that gets some.</summary>
    public static IEnumerable<Diagnostic> Warnings(IEnumerable<UncoveredRoute> uncovered) =>
        from one in uncovered
        group one.Route by (one.Behind.Key, Whose: Owner(one.Behind)) into some
        let isOne = some.Count() == 1
        let more = some.Count() > MostNamed ? $" and {some.Count() - MostNamed} more" : ""
        select new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Shadowed,
            $"{string.Join(", ", some.Take(MostNamed).Select(r => r.Key))}{more}{Owner(some.First())} {(isOne ? "goes, and its" : "go, and their")} requests reach {some.Key.Key}{some.Key.Whose}, which asks nobody",
            Help: $"remove that route as well, with --route '{some.Key.Key}', or guard it, if requests with what the guard asked for are not meant for it");

    private static bool Gets(RouteDefinition other, RouteDefinition gone) =>
        OpenRoutes.IsOpen(other) && other.Api.Application != gone.Api.Application && RouteOverlap.Of(gone, other)?.First == gone;

    private static string Owner(RouteDefinition route) => route.Api.Application is { } application ? $" of application '{application}'" : " of no application";
}

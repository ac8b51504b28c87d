using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>
/// A guarded route or a function URL that is removed, so that an open route of another application receives its
/// requests.
/// </summary>
/// <param name="Route">The removed route.</param>
/// <param name="Behind">The route that receives its requests.</param>
internal sealed record UncoveredRoute(RouteDefinition Route, RouteDefinition Behind)
{
    private const int MaxNamed = 10;

    /// <param name="changes">The changes of routing.yml.</param>
    /// <param name="before">The routes served before, by shape.</param>
    /// <param name="after">The routes served after the change, by shape.</param>
    public static IReadOnlyList<UncoveredRoute> Of(
        IEnumerable<Change> changes,
        IReadOnlyDictionary<string, RouteDefinition> before,
        IReadOnlyDictionary<string, RouteDefinition> after) =>
    [
        .. from gone in changes
               .Where(c => c is { Section: "route", Kind: ChangeKind.Removed })
               .Select(c => RouteShape.OfName(c.Key))
               .Where(shape => !after.ContainsKey(shape))
               .Select(before.GetValueOrDefault)
               .OfType<RouteDefinition>()
           where gone.Api.IsFunctionUrl || !OpenRoutes.IsOpen(gone)
           from other in after.Values
           where Gets(other, gone)
           select new UncoveredRoute(gone, other),
    ];

    /// <summary>One warning for each route that receives requests of removed routes.</summary>
    public static IEnumerable<Diagnostic> Warnings(IEnumerable<UncoveredRoute> uncovered) =>
        from one in uncovered
        group one.Route by (one.Behind.Key, OwnerText: Owner(one.Behind), Of: Owner(one.Route)) into some
        let keys = string.Join(", ", some.Take(MaxNamed).Select(r => r.Key))
        let go = some.Count() == 1 ? "is removed, and its" : "are removed, and their"
        let more = some.Count() > MaxNamed ? $" and {some.Count() - MaxNamed} more" : ""
        select new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Shadowed,
            $"{keys}{more}{some.Key.Of} {go} requests reach {some.Key.Key}{some.Key.OwnerText}, which has no guard",
            Help: $"remove that route as well, with --route '{some.Key.Key}', or guard it, unless it should get them");

    private static bool Gets(RouteDefinition other, RouteDefinition gone) =>
        OpenRoutes.IsOpen(other)
        && other.Api.Application != gone.Api.Application
        && RouteOverlap.Of(gone, other)?.First == gone;

    private static string Owner(RouteDefinition route) =>
        route.Api.Application is { } application ? $" of application '{application}'" : " of no application";
}

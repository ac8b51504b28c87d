using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>A guarded route that a deploy replaces by an open one of another application: requests with what the guard asked for reach the other's function.</summary>
/// <param name="Key">As it is written now.</param>
/// <param name="From">The application whose it was; null: somebody wrote it by hand.</param>
/// <param name="By">The application whose it becomes.</param>
internal sealed record OpenedRoute(string Key, string? From, string By)
{
    private const int MostNamed = 10;

    /// <summary>For people.</summary>
    public string Whose => From is null ? " of no application" : $" of application '{From}'";

    /// <param name="changes">Of routing.yml.</param>
    /// <param name="before">The routes that were served, by shape.</param>
    /// <param name="after">Those that are served afterwards.</param>
    public static IReadOnlyList<OpenedRoute> Of(IEnumerable<Change> changes, IReadOnlyDictionary<string, RouteDefinition> before, IReadOnlyDictionary<string, RouteDefinition> after) =>
        [.. changes.Select(c => Of(c, before, after)).OfType<OpenedRoute>()];

    private static OpenedRoute? Of(Change change, IReadOnlyDictionary<string, RouteDefinition> before, IReadOnlyDictionary<string, RouteDefinition> after)
    {
        var from = ApplicationName.Of(change.Before);
        if (change is not { Section: "route", Kind: ChangeKind.Replaced } || ApplicationName.Of(change.After) is not { } taker || taker == from)
            return null;
        var shape = RouteShape.OfName(change.Key);
        return before.TryGetValue(shape, out var old) && !OpenRoutes.IsOpen(old) && after.TryGetValue(shape, out var route) && OpenRoutes.IsOpen(route) ? new OpenedRoute(change.Key, from, taker) : null;
    }

    /// <summary>A warning for each application that loses some.</summary>
    public static IEnumerable<Diagnostic> Warnings(IEnumerable<OpenedRoute> opened) =>
        from route in opened
        group route by (route.Whose, route.By) into some
        let isOne = some.Count() == 1
        let more = some.Count() > MostNamed ? $" and {some.Count() - MostNamed} more" : ""
        select new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Shadowed,
            $"{string.Join(", ", some.Take(MostNamed).Select(r => r.Key))}{more}{some.Key.Whose} {(isOne ? "was" : "were")} guarded, and {(isOne ? "becomes an open route" : "become open routes")} of application '{some.Key.By}'",
            Help: $"give {(isOne ? "it another path or method" : "them other paths or methods")}, or remove what is there first: esb remove --route '{some.First().Key}'");
}

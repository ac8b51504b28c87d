using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>
/// Routes of earlier deploys that are open although the application's templates now guard their functions.
/// </summary>
internal static class OpenRoutes
{
    private const int MaxNamed = 10;

    /// <summary>Whether a route has no guard and is not closed.</summary>
    public static bool IsOpen(RouteDefinition route) =>
        route is { Authorizer: null, ApiKeyRequired: false, Closed: null };

    // The name of a function may or may not be qualified by its application.
    private static bool Names(IEnumerable<string> functions, string function, RouteDefinition route) =>
        functions.Any(f => f == function
            || (route.Api.Application is { } application && (FunctionName.IsQualified(f, application, function)
                || FunctionName.IsQualified(function, application, f))));

    /// <summary>One warning for each application with such routes.</summary>
    /// <param name="left">Entries of the deployed applications that their templates no longer name.</param>
    /// <param name="incoming">The routes that the templates name, by shape.</param>
    /// <param name="routes">The routes served after the deploy, by shape.</param>
    /// <param name="functions">The functions that the templates name.</param>
    public static IEnumerable<Diagnostic> Warnings(
        IReadOnlyList<ConfigurationEntry> left,
        IReadOnlySet<string> incoming,
        IReadOnlyDictionary<string, RouteDefinition> routes,
        IReadOnlySet<string> functions)
    {
        List<RouteDefinition> old = [.. left.Where(e => e.Section == "route")
            .Select(e => routes.GetValueOrDefault(RouteShape.OfName(e.Key)))
            .OfType<RouteDefinition>()
            .Where(IsOpen)];
        if (old.Count == 0)
            return [];
        List<RouteDefinition> named = [.. routes.Where(r => incoming.Contains(r.Key)).Select(r => r.Value)];
        var guarded = named.Where(r => !IsOpen(r)).ToList();
        List<string> open =
            [.. named.Where(IsOpen).Select(r => r.Function).OfType<string>().Distinct(StringComparer.Ordinal)];
        return
        [
            .. from route in old
               where (route.Function is { } function
                   && Names(functions, function, route)
                   && !Names(open, function, route))
                   || guarded.Exists(g => RouteOverlap.Of(route, g)?.First == route)
               group route by route.Api.Application into some
               let isOne = some.Count() == 1
               let more = some.Count() > MaxNamed ? $" and {some.Count() - MaxNamed} more" : ""
               select new Diagnostic(
                   Severity.Warning,
                   DiagnosticCodes.Shadowed,
                   $"{string.Join(", ", some.Take(MaxNamed).Select(r => r.Key))}{more} of an earlier deploy of "
                       + $"application '{some.Key}' {(isOne ? "stays" : "stay")} open, while the template guards what "
                       + $"{(isOne ? "it leads" : "they lead")} to",
                   Help: $"esb deploy --stack {some.Key} --prune removes {(isOne ? "it" : "them")}, "
                       + $"or esb remove --route '{some.First().Key}'"),
        ];
    }
}

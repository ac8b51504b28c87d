using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Applications;

/// <summary>
/// Routes that a change closes, because their function or authorizer is removed or moves to another application.
/// </summary>
internal static class NewlyClosedRoutes
{
    // Further routes of a message are only counted.
    private const int MaxNamed = 10;

    /// <param name="routesBefore">The routes served before, by shape.</param>
    /// <param name="functionsBefore">functions.yml before the change.</param>
    /// <param name="routesAfter">The routes served after the change, by shape.</param>
    /// <param name="functionsAfter">The functions after the change.</param>
    public static IReadOnlyList<RouteWithoutFunction> Of(
        IReadOnlyDictionary<string, RouteDefinition> routesBefore,
        YamlMapping functionsBefore,
        IReadOnlyDictionary<string, RouteDefinition> routesAfter,
        IReadOnlyDictionary<string, FunctionDefinition> functionsAfter)
    {
        List<RouteWithoutFunction> closed =
            [.. routesAfter.Values.Select(r => Of(r, functionsAfter)).OfType<RouteWithoutFunction>()];
        if (closed.Count == 0)
            return [];
        var before = FunctionsFile.Read(functionsBefore, []).Functions;
        // A new route to an unknown function is reported when the templates are read.
        return [.. closed.Where(c => routesBefore.TryGetValue(c.Route.Shape, out var old)
            ? IsNew(Of(old, before), c)
            : c.Owner is not null)];
    }

    // A route whose authorizer's function is missing is closed, too.
    private static RouteWithoutFunction? Of(
        RouteDefinition route,
        IReadOnlyDictionary<string, FunctionDefinition> functions) =>
        RouteWithoutFunction.Of(route, functions)
            ?? (route.Authorizer is LambdaAuthorizer guard && !functions.ContainsKey(guard.Function)
                ? new RouteWithoutFunction(route, guard.Function, null, Guards: true)
                : null);

    // A route that was closed because another application has the function is reported again when the function is
    // removed: the other application can no longer open it.
    private static bool IsNew(RouteWithoutFunction? before, RouteWithoutFunction now) =>
        before is null || (before.Function == now.Function && before.Owner is not null && now.Owner is null);

    /// <summary>One warning for each pair of function and application whose routes are closed.</summary>
    public static IEnumerable<Diagnostic> Warnings(IReadOnlyList<RouteWithoutFunction> closed) =>
        closed.GroupBy(c => (c.Route.Api.Application, c.Function, c.Owner, c.Guards)).Select(g => Warning([.. g]));

    private static Diagnostic Warning(IReadOnlyList<RouteWithoutFunction> closed)
    {
        var (route, function, owner, guards) = closed[0];
        var isOne = closed.Count == 1;
        var more = closed.Count > MaxNamed ? $" and {closed.Count - MaxNamed} more" : "";
        var (own, them) = (route.Api.Application, isOne ? "it" : "them");
        var ofApplication = own is not null && owner is not null ? $" of application '{own}'" : "";
        var verb = guards ? isOne ? "is guarded by" : "are guarded by" : isOne ? "leads to" : "lead to";
        var what = owner is null ? "which is removed" : $"which belongs to application '{owner}' now";
        return new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Shadowed,
            $"{string.Join(", ", closed.Take(MaxNamed).Select(c => c.Route.Key))}{more}{ofApplication} {verb} "
                + $"'{function}', {what}: the {(isOne ? "route is" : "routes are")} closed",
            Help: owner is null ? $"remove {them} too, with --route '{route.Key}', or deploy what answers {them}"
                : route.FunctionApplication is not null
                    ? $"deploy '{own}' again if it is to use the function of '{owner}'"
                    : "give one of the two functions another name, "
                        + $"or deploy '{own}' again, which takes the function back");
    }
}

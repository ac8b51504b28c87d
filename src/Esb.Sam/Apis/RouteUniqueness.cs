using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Keeps one route for each method and pattern, because the platform has one address for all APIs of all templates. Two
/// patterns that differ only in the names of their variables match the same requests.
/// </summary>
internal sealed class RouteUniqueness(DiagnosticBag diagnostics)
{
    /// <summary>
    /// A text that stands for the requests that a route matches. Two routes that match the same requests have the same
    /// text.
    /// </summary>
    public static string KeyOf(SamRoute route) => RouteShape.Of(route.Method, route.Path);

    /// <summary>
    /// Keeps the later of two routes for the same requests, with a warning. Within one API, this is an error.
    /// </summary>
    public List<(StackContext Context, SamRoute Route)> Of(IReadOnlyList<(StackContext Context, SamRoute Route)> routes)
    {
        var last = new OrderedDictionary<string, (StackContext, SamRoute)>(StringComparer.Ordinal);
        foreach (var (context, route) in routes)
        {
            var key = KeyOf(route);
            if (last.TryGetValue(key, out var before))
            {
                // This route is not served, and the earlier one has its own guards.
                if (route.HasUnknownApi)
                    continue;
                Report(before, route);
                last.Remove(key);
            }

            last[key] = (context, route);
        }

        return [.. last.Values];
    }

    private void Report((StackContext Context, SamRoute Route) replaced, SamRoute route)
    {
        var before = replaced.Route;
        var at = new YamlMapping([], route.Place);
        var name = $"{route.Method} {route.Path}";
        if (before.Api == route.Api && before.Path == route.Path)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{name} is defined a second time in the API '{route.Api}', first on line {before.Place.Line}",
                at,
                "give each a path or method of its own");
        else if (before.Api == route.Api && ApiSet.IsSame(before, route))
            ReportTrailingSlash(replaced.Context, before, route, at);
        else if (before.Api == route.Api)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{name} takes the same requests as {before.Path} of the API '{route.Api}' on line {before.Place.Line}",
                at,
                "names of variables do not distinguish paths: give each a path or method of its own");
        else
            ReportShadowed(replaced.Context, before, route, at);
    }

    // AWS may accept both routes. If they do the same, nothing is lost.
    private void ReportTrailingSlash(StackContext context, SamRoute before, SamRoute route, YamlMapping at)
    {
        if (before.Function is not null && before.Function == route.Function && (before.Authorizer is null
            ? route.Authorizer is null
            : before.Authorizer.ContentEquals(route.Authorizer)))
            return;
        var name = $"{route.Method} {route.Path}";
        context.Receipt.Ignored(
            before.Api ?? "",
            $"{before.Method} {before.Path}",
            $"{name} takes the same requests, since a trailing slash makes no difference; the later one is served",
            new YamlMapping([], before.Place));
        diagnostics.Warning(
            DiagnosticCodes.Shadowed,
            $"{name} takes the same requests as {before.Path} of the API '{route.Api}', "
                + "since a trailing slash makes no difference; the later one is served",
            at,
            "give each a path or method of its own");
    }

    private void ReportShadowed(StackContext context, SamRoute before, SamRoute route, YamlMapping at)
    {
        var name = $"{route.Method} {route.Path}";
        context.Receipt.Ignored(
            before.Api ?? "",
            $"{before.Method} {before.Path}",
            $"the API '{route.Api}' has a route for the same requests, and the platform has one address",
            new YamlMapping([], before.Place));
        diagnostics.Warning(
            DiagnosticCodes.Shadowed,
            $"{name} belongs to two APIs, '{before.Api}' and '{route.Api}'; the platform has one address, "
                + "so the later one is served",
            at);
    }
}

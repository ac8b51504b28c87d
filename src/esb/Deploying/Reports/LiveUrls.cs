using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The URLs of the deployed routes.</summary>
internal static class LiveUrls
{
    /// <param name="incoming">The deployed configuration.</param>
    /// <param name="gateway">The gateway's public address.</param>
    /// <param name="all">Whether to show all URLs.</param>
    public static IReadOnlyList<string> Lines(IncomingConfiguration incoming, Uri gateway, bool all)
    {
        var routes = RoutingFile.Read(incoming.Routing, []).Routes;
        var shown = all ? routes.Count : Math.Min(routes.Count, ChangeLines.MaxRoutes);
        var width = routes.Take(shown).Select(r => r.Method.Length).DefaultIfEmpty().Max();
        List<string> lines = [.. routes.Take(shown).Select(r => Line(r, gateway, width))];
        if (shown < routes.Count)
            lines.Add($"  and {routes.Count - shown} more: esb routes");
        return lines;
    }

    private static string Line(RouteDefinition route, Uri gateway, int width)
    {
        var path = RoutePattern.IsDefault(route.Path) ? RoutePattern.DefaultBase(route.Path) + "/" : route.Path;
        var closed = route.Closed is null ? "" : $"   closed (403): {route.Closed}";
        return $"  {route.Method.PadRight(width)}  {gateway.GetLeftPart(UriPartial.Authority)}{path}{closed}";
    }
}

using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>The lines of the receipt about closed routes.</summary>
internal static class ClosedRouteLines
{
    /// <summary>
    /// Adds a line for each closed route that no line mentions yet. Most reasons are reported where they are found, but
    /// authorizers are read before it is known which routes use them.
    /// </summary>
    public static void Add(IEnumerable<(StackContext Context, SamRoute Route)> routes, IReadOnlyList<Receipt> receipts)
    {
        List<string> said =
            [.. receipts.SelectMany(r => r.Lines).Where(l => l.Outcome == Outcome.Ignored).Select(l => l.Reason)];
        foreach (var (context, route) in routes)
        {
            if (route.Closed is { } reason && !said.Any(s => s.StartsWith(reason, StringComparison.Ordinal)))
                context.Receipt.Ignored(
                    route.Api ?? route.Function ?? "",
                    $"{route.Method} {route.Path}",
                    $"{reason}; the route is closed",
                    new YamlMapping([], route.Place));
        }
    }
}

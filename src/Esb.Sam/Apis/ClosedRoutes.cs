using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>Reports closed routes in the receipt.</summary>
internal static class ClosedRoutes
{
    private const string NoSignatures = "signatures of AWS IAM identities cannot be checked here";

    /// <summary>
    /// Adds a line for each closed route that no line mentions yet. Most reasons are reported where they are found, but
    /// authorizers are read before it is known which routes use them.
    /// </summary>
    public static void Note(IEnumerable<(StackContext Context, SamRoute Route)> routes, IReadOnlyList<Receipt> receipts)
    {
        List<string> said =
            [.. receipts.SelectMany(r => r.Lines).Where(l => l.Outcome == Outcome.Ignored).Select(l => l.Reason)];
        foreach (var (context, route) in routes)
        {
            if (ReasonOf(route) is { } reason && !said.Any(s => s.StartsWith(reason, StringComparison.Ordinal)))
                context.Receipt.Ignored(
                    route.Api ?? route.Function ?? "",
                    $"{route.Method} {route.Path}",
                    $"{reason}; the route is closed",
                    new YamlMapping([], route.Place));
        }
    }

    /// <summary>The reason why a route is closed; null when it is open or guarded.</summary>
    public static string? ReasonOf(SamRoute route) => ResourceSet.Text(route.Authorizer?["type"]) switch
    {
        "unsupported" => ResourceSet.Text(route.Authorizer!["reason"]),
        "iam" => NoSignatures,
        _ => null,
    };
}

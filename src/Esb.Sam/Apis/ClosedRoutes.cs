using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>Routes that let nobody in, in the receipt.</summary>
internal static class ClosedRoutes
{
    private const string NoSignatures = "signatures of AWS IAM identities cannot be checked here";

    /// <summary>
    /// Names those of which no line speaks yet. Most that closes a route is said where it is found; authorizers are made before it is known
    /// which route asks for them.
    /// </summary>
    public static void Note(IEnumerable<(StackContext Context, SamRoute Route)> routes, IReadOnlyList<Receipt> receipts)
    {
        List<string> said = [.. receipts.SelectMany(r => r.Lines).Where(l => l.Outcome == Outcome.Ignored).Select(l => l.Reason)];
        foreach (var (context, route) in routes)
        {
            if (ReasonOf(route) is { } reason && !said.Any(s => s.StartsWith(reason, StringComparison.Ordinal)))
                context.Receipt.Ignored(route.Api ?? route.Function ?? "", $"{route.Method} {route.Path}", $"{reason}; the route is closed", new YamlMapping([], route.Place));
        }
    }

    /// <summary>Why a route lets nobody in; null when it may let somebody in.</summary>
    public static string? ReasonOf(SamRoute route) => ResourceSet.Text(route.Authorizer?["type"]) switch
    {
        "unsupported" => ResourceSet.Text(route.Authorizer!["reason"]),
        "iam" => NoSignatures,
        _ => null,
    };
}

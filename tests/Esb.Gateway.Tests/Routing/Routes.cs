using Esb.Gateway.Routing;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Gateway.Tests.Routing;

/// <summary>Route tables and matches in a short notation for tests.</summary>
internal static class Routes
{
    /// <summary>
    /// A route from <c>GET /orders/{id}</c> to the function of the same name; a prefix of <c>2.0</c> makes it an HTTP
    /// API's.
    /// </summary>
    public static RouteDefinition Definition(string text, Cors? cors = null)
    {
        var payload = text.StartsWith("2.0 ", StringComparison.Ordinal) ? "2.0" : "1.0";
        var key = payload == "2.0" ? text[4..] : text;
        var space = key.IndexOf(' ', StringComparison.Ordinal);
        return space < 0
            ? new RouteDefinition(key, Route.AnyMethod, key, payload, cors, null, default)
            : new RouteDefinition(key[(space + 1)..], key[..space], key, payload, cors, null, default);
    }

    public static RouteTable Table(params string[] routes) =>
        RouteTable.Build([.. routes.Select(r => Definition(r))], new DiagnosticBag());

    /// <summary>
    /// The match for a request, written <c>GET /orders/{id} id=7</c>; <c>-</c> for none. The function of a route is its
    /// text, so that a replaced route is visible.
    /// </summary>
    public static string Match(this RouteTable table, string method, string path)
    {
        if (!table.TryMatch(path, method, out var match))
            return "-";
        var text = match.Route!.Function!;
        for (var i = 0; i < match.Count; i++)
            text += $" {match.Route.ParameterNames[i]}={match.Value(i, path)}";
        return text;
    }
}

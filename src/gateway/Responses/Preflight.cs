using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Responses;

/// <summary>The answer to an <c>OPTIONS</c> request without a function.</summary>
internal sealed record Preflight(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body)
{
    private const string Options = "OPTIONS";

    private static readonly string[] EveryMethod = ["DELETE", "GET", "HEAD", Options, "PATCH", "POST", "PUT"];

    /// <summary>
    /// Creates the answer from the CORS rules of the path's routes; null when the routes have no rules, when a route
    /// accepts <c>OPTIONS</c>, or when a request to an HTTP API is not a preflight.
    /// </summary>
    /// <param name="routes">All routes.</param>
    /// <param name="path">The raw path.</param>
    /// <param name="origin">The header <c>Origin</c>.</param>
    /// <param name="requested">The header <c>Access-Control-Request-Method</c>.</param>
    public static Preflight? Answer(RouteTable routes, ReadOnlySpan<char> path, string? origin, string? requested)
    {
        if (routes.TryMatch(path, Options, out var own) && own.Route!.Method == Options)
            return null;
        Route[] here = [.. routes.AtPath(path)];
        var route = routes.TryMatch(path, requested, out var match) && match.Route!.Cors is not null
            ? match.Route
            : Array.Find(here, r => r.Cors is not null);
        if (route is null)
            return null;
        return route.Kind == ApiKind.Rest
            ? OfRestApi(route.Cors!, origin, Served(here))
            : OfHttpApi(route.Cors!, origin, requested, Served(here));
    }

    // The service answers 204, without CORS headers if the origin is not allowed. An OPTIONS request that is not a
    // preflight goes to the function, if the path has one.
    private static Preflight? OfHttpApi(Cors cors, string? origin, string? requested, string served) =>
        string.IsNullOrEmpty(origin) || string.IsNullOrEmpty(requested)
            ? null
            : new Preflight(204, CorsHeaders.OnPreflight(cors, origin, served), default);

    // SAM gives each path of a REST API with CORS an OPTIONS method with a mock integration. Its answer is the same for
    // all requests: 200, the configured values and an empty object.
    private static Preflight OfRestApi(Cors cors, string? origin, string served)
    {
        List<KeyValuePair<string, string>> headers = [new("Content-Type", "application/json")];
        // The mock has a single origin. If several are configured, the origin of the request is used if it is one of
        // them, otherwise the first.
        if ((cors.AllowOrigins.Contains(origin ?? "") ? origin
            : cors.AllowOrigins.Count > 0 ? cors.AllowOrigins[0]
            : null) is { } allowed)
            headers.Add(new("Access-Control-Allow-Origin", allowed));
        if (cors.AllowOrigins.Count > 1)
            headers.Add(new("Vary", "Origin"));
        CorsHeaders.AddRules(headers, cors, served);
        return new Preflight(200, headers, "{}\n"u8.ToArray());
    }

    private static string Served(Route[] routes)
    {
        var methods =
            routes.Any(r => r.Method == Route.AnyMethod) ? EveryMethod : routes.Select(r => r.Method).Append(Options);
        return string.Join(',', methods.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}

using System.Globalization;
using Esb.Schema.Http;
using Esb.Schema.Routing;

namespace Esb.Gateway.Responses;

/// <summary>Cross-origin headers of an HTTP API. Source: API Gateway, "Configuring CORS for HTTP APIs". Decisions only, nothing is sent here.</summary>
internal static class CorsHeaders
{
    private const string Any = "*";
    private const string Origin = "Origin";

    /// <summary>What is added to an answer; empty when the request names no origin or one that is not allowed.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> OnResponse(Cors cors, string? origin)
    {
        if (string.IsNullOrEmpty(origin) || AllowedOrigin(cors, origin) is not { } allowed)
            return [];
        List<KeyValuePair<string, string>> headers = [new("Access-Control-Allow-Origin", allowed)];
        if (cors.AllowCredentials)
            headers.Add(new("Access-Control-Allow-Credentials", "true"));
        if (cors.ExposeHeaders.Count > 0)
            headers.Add(new("Access-Control-Expose-Headers", string.Join(',', cors.ExposeHeaders)));
        return headers;
    }

    /// <summary>
    /// What a preflight is answered with; no permission when its origin is not allowed. Rules that name no methods get those that are served.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> OnPreflight(Cors cors, string origin, string served)
    {
        List<KeyValuePair<string, string>> headers = [new("Vary", Origin)];
        if (AllowedOrigin(cors, origin) is not { } allowed)
            return headers;
        headers.Add(new("Access-Control-Allow-Origin", allowed));
        AddRules(headers, cors, served);
        return headers;
    }

    /// <summary>Methods, headers, age and credentials, which do not depend on the origin.</summary>
    public static void AddRules(List<KeyValuePair<string, string>> headers, Cors cors, string served)
    {
        if ((cors.AllowMethods is { } methods ? string.Join(',', methods) : served) is { Length: > 0 } allowed)
            headers.Add(new("Access-Control-Allow-Methods", allowed));
        if (cors.AllowHeaders.Count > 0)
            headers.Add(new("Access-Control-Allow-Headers", string.Join(',', cors.AllowHeaders)));
        if (cors.MaxAge is { } age)
            headers.Add(new("Access-Control-Max-Age", age.ToString(CultureInfo.InvariantCulture)));
        if (cors.AllowCredentials)
            headers.Add(new("Access-Control-Allow-Credentials", "true"));
    }

    /// <summary>The value for a request's origin: itself or an asterisk; null when it is not allowed.</summary>
    public static string? AllowedOrigin(Cors cors, string origin)
    {
        foreach (var allowed in cors.AllowOrigins)
        {
            // Never the origin that asks: with credentials, which files may not have beside the asterisk, browsers refuse it.
            if (allowed == Any)
                return Any;
            if (allowed.Equals(origin, StringComparison.OrdinalIgnoreCase) || IsScheme(allowed, origin))
                return origin;
        }

        return null;
    }

    /// <summary>
    /// What <c>Vary</c> says where rules apply: there is an answer for each origin, and one for requests that name none. A cache would else give one
    /// page the permission of another, or none (Fetch, "CORS protocol and HTTP caches").
    /// </summary>
    public static string Vary(string? said)
    {
        string[] names = [.. OptionalWhitespace.Split(said ?? "", ',')];
        return names.Contains(Any) || names.Contains(Origin, StringComparer.OrdinalIgnoreCase) ? said! : string.Join(", ", [.. names, Origin]);
    }

    // http://* and https://* are the only patterns that API Gateway knows.
    private static bool IsScheme(string allowed, string origin) =>
        allowed is "http://*" or "https://*" && origin.StartsWith(allowed[..^1], StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using Esb.Schema.Http;
using Esb.Schema.Routing;

namespace Esb.Gateway.Responses;

/// <summary>CORS headers of an HTTP API. Source: API Gateway, "Configuring CORS for HTTP APIs".</summary>
internal static class CorsHeaders
{
    private const string Any = "*";
    private const string Origin = "Origin";

    /// <summary>The headers for an answer; empty when the request has no origin or one that is not allowed.</summary>
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
    /// The headers for a preflight; without permissions when its origin is not allowed. Rules that name no methods
    /// allow the methods that are served.
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

    /// <summary>
    /// Adds the headers for methods, headers, age and credentials, which do not depend on the origin.
    /// </summary>
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

    /// <summary>
    /// The value for the origin of a request: the origin itself or an asterisk; null when the origin is not allowed.
    /// </summary>
    public static string? AllowedOrigin(Cors cors, string origin)
    {
        foreach (var allowed in cors.AllowOrigins)
        {
            // The answer is the asterisk, never the request's origin. Browsers refuse an asterisk with credentials, and
            // the configuration may not combine the two either.
            if (allowed == Any)
                return Any;
            if (allowed.Equals(origin, StringComparison.OrdinalIgnoreCase) || IsScheme(allowed, origin))
                return origin;
        }

        return null;
    }

    /// <summary>
    /// The value of <c>Vary</c> for answers to which CORS rules apply. Such answers depend on the origin of the request
    /// and on whether it has one. Without the header, a cache would give one page the permissions of another (Fetch,
    /// "CORS protocol and HTTP caches").
    /// </summary>
    public static string Vary(string? existing)
    {
        string[] names = [.. OptionalWhitespace.Split(existing ?? "", ',')];
        return names.Contains(Any) || names.Contains(Origin, StringComparer.OrdinalIgnoreCase)
            ? existing!
            : string.Join(", ", [.. names, Origin]);
    }

    // API Gateway supports no patterns except http://* and https://*.
    private static bool IsScheme(string allowed, string origin) =>
        allowed is "http://*" or "https://*" && origin.StartsWith(allowed[..^1], StringComparison.OrdinalIgnoreCase);
}

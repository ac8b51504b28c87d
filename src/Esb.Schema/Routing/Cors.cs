namespace Esb.Schema.Routing;

/// <summary>CORS rules, as in API Gateway's <c>CorsConfiguration</c>.</summary>
/// <param name="AllowOrigins">Origins, or <c>*</c>.</param>
/// <param name="AllowMethods">
/// Methods, or <c>*</c>; null for those that the route serves, an empty list for none.
/// </param>
/// <param name="AllowHeaders">Header names, or <c>*</c>.</param>
/// <param name="ExposeHeaders">The names of headers that scripts may read.</param>
/// <param name="MaxAge">Seconds that a browser may cache a preflight; null when not given.</param>
/// <param name="AllowCredentials">Whether cookies and credentials may be sent.</param>
public sealed record Cors(
    IReadOnlyList<string> AllowOrigins,
    IReadOnlyList<string>? AllowMethods,
    IReadOnlyList<string> AllowHeaders,
    IReadOnlyList<string> ExposeHeaders,
    int? MaxAge,
    bool AllowCredentials);

namespace Esb.Schema.Routing;

/// <summary>Cross-origin rules, as API Gateway's <c>CorsConfiguration</c> has them.</summary>
/// <param name="AllowOrigins">Origins, or <c>*</c>.</param>
/// <param name="AllowMethods">Methods, or <c>*</c>; null means what the route serves, an empty list none.</param>
/// <param name="AllowHeaders">Header names, or <c>*</c>.</param>
/// <param name="ExposeHeaders">Header names that scripts may read.</param>
/// <param name="MaxAge">Seconds a browser may remember a preflight; null when not said.</param>
/// <param name="AllowCredentials">Whether cookies and credentials may be sent.</param>
public sealed record Cors(
    IReadOnlyList<string> AllowOrigins,
    IReadOnlyList<string>? AllowMethods,
    IReadOnlyList<string> AllowHeaders,
    IReadOnlyList<string> ExposeHeaders,
    int? MaxAge,
    bool AllowCredentials);

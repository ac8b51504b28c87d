using Esb.Schema.Routing;

namespace Esb.Gateway.Routing;

/// <summary>A served route: built from a <see cref="RouteDefinition"/>, never changed.</summary>
/// <param name="Path">The pattern without a trailing slash, or <c>$default</c>, also below a base path.</param>
/// <param name="Method">The method in upper case, or <c>ANY</c>.</param>
/// <param name="Function">The function that the route invokes; null when the route has another target or none.</param>
/// <param name="Kind">The kind of API, which determines the function's events and how its answers are read.</param>
/// <param name="Cors">The CORS rules; null for none.</param>
/// <param name="Closed">
/// Why the route is closed, so that every request gets 403; null when the route is not closed.
/// </param>
/// <param name="ParameterNames">
/// The names of the parameters in their order; the greedy one is without its plus sign.
/// </param>
internal sealed record Route(
    string Path,
    string Method,
    string? Function,
    ApiKind Kind,
    Cors? Cors,
    string? Closed,
    IReadOnlyList<string> ParameterNames)
{
    /// <summary>The method that stands for all methods.</summary>
    public const string AnyMethod = "ANY";

    /// <summary>The constant answer; null when the route has another target.</summary>
    public ConstantAnswer? Mock { get; init; }

    /// <summary>The server that requests are forwarded to; null when the route has another target.</summary>
    public HttpTarget? HttpProxy { get; init; }

    /// <summary>The target as text for users: see <see cref="RouteDefinition.Target"/>.</summary>
    public string Target { get; init; } = Function ?? "";

    /// <summary>The authorizer; null for none.</summary>
    public AuthorizerDefinition? Authorizer { get; init; }

    /// <summary>Whether an API key is required.</summary>
    public bool ApiKeyRequired { get; init; }

    /// <summary>The API that the route belongs to.</summary>
    public RouteApi Api { get; init; } = RouteApi.Unnamed;

    /// <summary>Whether a request must be admitted before it goes to the function.</summary>
    public bool IsGuarded => Authorizer is not null || ApiKeyRequired;

    /// <summary>Identifies the route among all served routes.</summary>
    public string Key => RoutePattern.IsDefault(Path) ? Path : $"{Method} {Path}";

    /// <summary>The name of the payload format, as in the files.</summary>
    public string Payload => Kind == ApiKind.Rest ? "1.0" : "2.0";

    /// <summary>Whether the match includes the rest of the path, even a trailing slash.</summary>
    public bool TakesRest => RoutePattern.IsDefault(Path) || Path.EndsWith("+}", StringComparison.Ordinal);

    /// <summary>
    /// The prefix of the route's paths that is not part of the API, in canonical spelling; empty when the paths have no
    /// such prefix.
    /// </summary>
    public string BasePath { get; init; } = "";

    /// <summary>A matched path without the base path.</summary>
    public ReadOnlySpan<char> OwnPath(ReadOnlySpan<char> path) =>
        path.Length > BasePath.Length ? path[BasePath.Length..] : "/";

    /// <summary>The API's own pattern, without the base path.</summary>
    public string Resource { get; init; } = Path;

    /// <summary>The route key in events of HTTP APIs: <c>GET /orders/{id}</c> or <c>$default</c>.</summary>
    public string RouteKey { get; init; } = "";
}

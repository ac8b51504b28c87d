using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>A route as it is in <c>routing.yml</c>.</summary>
/// <param name="Path">The pattern: <c>/orders/{id}</c>, <c>/files/{proxy+}</c> or <c>$default</c>.</param>
/// <param name="Method">Upper case, or <c>ANY</c>.</param>
/// <param name="Function">The name of a function; null when something else answers, or nothing does.</param>
/// <param name="Payload"><c>1.0</c> for a REST API event, <c>2.0</c> for an HTTP API event.</param>
/// <param name="Cors">How browsers of other origins may call it; null when not given.</param>
/// <param name="Closed">
/// Why the route is closed, such as an authorizer that cannot be used; null when it is not.
/// </param>
/// <param name="Place">The position of the route.</param>
public sealed record RouteDefinition(
    string Path,
    string Method,
    string? Function,
    string Payload,
    Cors? Cors,
    string? Closed,
    Place Place)
{
    /// <summary>The human-readable name.</summary>
    public string Key => $"{Method} {Path}";

    /// <summary>The requests that it matches; the key by which deploys replace each other's routes.</summary>
    public string Shape => RouteShape.Of(Method, Path);

    /// <summary>
    /// The application of the function, if it is not that of the route; see <see cref="ApplicationName.IsMeant"/>.
    /// </summary>
    public string? FunctionApplication { get; init; }

    /// <summary>A constant answer; null when something else answers.</summary>
    public ConstantAnswer? Mock { get; init; }

    /// <summary>The server that answers; null when something else does.</summary>
    public HttpTarget? HttpProxy { get; init; }

    /// <summary>
    /// What answers, for output: a function, an address without its secret parts, <c>mock</c>, or <c>closed</c>.
    /// </summary>
    public string Target => Function
        ?? (HttpProxy is { } server ? SecretPlaces.ShownAddress(server.Uri) : null)
        ?? (Mock is null ? "closed" : "mock");

    /// <summary>The authorizer; null if there is none or the route is closed.</summary>
    public AuthorizerDefinition? Authorizer { get; init; }

    /// <summary>
    /// Whether one of <see cref="RoutingFile.ApiKeys"/> is needed, in addition to <see cref="Authorizer"/>.
    /// </summary>
    public bool ApiKeyRequired { get; init; }

    /// <summary>The API that it belongs to.</summary>
    public RouteApi Api { get; init; } = RouteApi.Unnamed;
}

using Esb.Schema.Routing;

namespace Esb.Gateway.Routing;

/// <summary>A route as it is served: built from a <see cref="RouteDefinition"/>, never changed.</summary>
/// <param name="Path">The pattern without a trailing slash, or <c>$default</c>, also beneath a base path.</param>
/// <param name="Method">Upper case, or <c>ANY</c>.</param>
/// <param name="Function">The name of the function it invokes; null when something else answers, or nothing does.</param>
/// <param name="Kind">Which events the function gets and how its answers are read.</param>
/// <param name="Cors">What other origins may do; null when the API says nothing.</param>
/// <param name="Refused">Why every request gets 403; null when it is open.</param>
/// <param name="ParameterNames">The names in the pattern in their order, the greedy one without its plus sign.</param>
internal sealed record Route(string Path, string Method, string? Function, ApiKind Kind, Cors? Cors, string? Refused, IReadOnlyList<string> ParameterNames)
{
    /// <summary>The method that stands for every one.</summary>
    public const string AnyMethod = "ANY";

    /// <summary>What is answered to everybody; null when something else answers.</summary>
    public ConstantAnswer? Mock { get; init; }

    /// <summary>The server that answers; null when something else does.</summary>
    public HttpTarget? HttpProxy { get; init; }

    /// <summary>Who answers, for people: see <see cref="RouteDefinition.Target"/>.</summary>
    public string Target { get; init; } = Function ?? "";

    /// <summary>Who may call it; null when nobody is asked who they are.</summary>
    public AuthorizerDefinition? Authorizer { get; init; }

    /// <summary>Whether one of the API keys is needed.</summary>
    public bool ApiKeyRequired { get; init; }

    /// <summary>The API that it belongs to.</summary>
    public RouteApi Api { get; init; } = RouteApi.Unnamed;

    /// <summary>Whether a request must be admitted before it goes to the function.</summary>
    public bool IsGuarded => Authorizer is not null || ApiKeyRequired;

    /// <summary>Which route it is among all that are served.</summary>
    public string Key => RoutePattern.IsDefault(Path) ? Path : $"{Method} {Path}";

    /// <summary>The name of the payload format, as in the files.</summary>
    public string Payload => Kind == ApiKind.Rest ? "1.0" : "2.0";

    /// <summary>Whether the match takes whatever follows, a slash at the end included.</summary>
    public bool TakesRest => RoutePattern.IsDefault(Path) || Path.EndsWith("+}", StringComparison.Ordinal);

    /// <summary>The beginning of its paths that is not the API's own, as paths are spelled; empty when there is none.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>A path that it has matched, without the base path.</summary>
    public ReadOnlySpan<char> OwnPath(ReadOnlySpan<char> path) => path.Length > BasePath.Length ? path[BasePath.Length..] : "/";

    /// <summary>The pattern as the API itself has it: without the base path under which it is served.</summary>
    public string Resource { get; init; } = Path;

    /// <summary>As HTTP APIs name it in events: <c>GET /orders/{id}</c> or <c>$default</c>.</summary>
    public string RouteKey { get; init; } = "";
}

using Esb.Sam.Apis.Integrations;
using Esb.Sam.Apis.OpenApi;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>An API of a template, of either kind and however it is written.</summary>
internal sealed record Api
{
    /// <summary>The result of <c>Ref</c> for the API. Events use it to name their API.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the API is an HTTP API (payload 2.0) rather than a REST API (payload 1.0).</summary>
    public required bool IsHttp { get; init; }

    public required string Stage { get; init; }

    /// <summary>The stage of an API without a stage name.</summary>
    public static string DefaultStage(bool isHttp) => isHttp ? "$default" : "Prod";

    public YamlMapping? StageVariables { get; init; }

    /// <summary>The <c>Domain</c> of a SAM API; null when the API has none.</summary>
    public YamlMapping? Domain { get; init; }

    /// <summary>The base paths under which the routes are served; a null entry stands for no base path.</summary>
    public IReadOnlyList<string?> BasePaths { get; init; } = [null];

    private string? BasePath => BasePaths[0];

    public IReadOnlyList<string> BinaryMediaTypes { get; init; } = [];

    public YamlMapping? Cors { get; init; }

    public ApiAuth Auth { get; init; } = ApiAuth.Open;

    /// <summary>Who may call the operations of the API's definition; null when the API has no definition.</summary>
    public OperationGuards? Guards { get; init; }

    /// <summary>
    /// Whether events add routes to the API. If they do not, the definition decides which routes the API has.
    /// </summary>
    public bool TakesEvents { get; init; } = true;

    /// <summary>Routes that are defined outside events.</summary>
    public IReadOnlyList<SamRoute> Defined { get; init; } = [];

    /// <summary>A usage plan that creates a key for this API; null if there is none.</summary>
    public YamlMapping? UsagePlan { get; init; }

    /// <summary>Whether the API takes API keys from its authorizer; see <see cref="KeySources"/>.</summary>
    public bool TakesKeysFromAuthorizer { get; init; }

    /// <summary>The reason why all routes of the API are closed; null when the API is not closed.</summary>
    public string? Closed { get; init; }

    /// <summary>
    /// The reason why the guards of the API are unknown: the API or its definition is in none of the files that are
    /// read. Null when the guards are known.
    /// </summary>
    public string? GuardsUnknown { get; init; }

    /// <summary>
    /// The API for routes that are separate resources. It is closed when its guards are unknown, because they may apply
    /// to such a route.
    /// </summary>
    public Api ForSeparateRoutes => GuardsUnknown is { } reason && Closed is null
        ? this with { Closed = $"{reason}, and may guard the requests of this route" }
        : this;

    /// <summary>The reason why the API cannot have a path; null when it can.</summary>
    public string? Refused(string path) =>
        path == RoutePattern.Default && !IsHttp ? "a REST API has no such route; write /{proxy+} for every path"
            : path != RoutePattern.Default && BasePaths.Any(b => RoutePattern.IsDefault(b + path)) ? "$default must be "
                + "the whole path; everything beneath a path is {proxy+}"
            : RoutePattern.Refused(path) ?? PathSigns.Refused(path, IsHttp);

    /// <summary>Returns a method in the spelling of routes: upper case, or <c>ANY</c>.</summary>
    public static string MethodOf(string method) =>
        method.ToUpperInvariant() is var upper && upper is "*" or "ANY" or "X-AMAZON-APIGATEWAY-ANY-METHOD"
            ? "ANY"
            : upper;

    /// <summary>Makes a route of this API whose requests go to a function.</summary>
    public SamRoute Route(
        string path,
        string method,
        string function,
        string? payload,
        YamlMapping? authorizer,
        Place place) =>
        Route(path, method, RouteTarget.Of(function, payload), authorizer, place);

    /// <summary>Makes a route of this API. A route without a target is closed, whoever may call it.</summary>
    public SamRoute Route(string path, string method, RouteTarget target, YamlMapping? authorizer, Place place) => new()
    {
        Path = At(path, BasePath),
        Method = MethodOf(method),
        Function = target.Function,
        Mock = target.Mock,
        HttpProxy = target.HttpProxy,
        Payload = target.Payload ?? (IsHttp ? "2.0" : "1.0"),
        Api = Id,
        Stage = Stage,
        StageVariables = StageVariables,
        BasePath = BasePath,
        BinaryMediaTypes = BinaryMediaTypes,
        Cors = Cors,
        Authorizer = (target.Closed ?? Closed) is { } reason ? AuthorizerForm.Closed(reason) : authorizer,
        Place = place,
        Report = target.Report,
    };

    /// <summary>Repeats a route under each base path of this API.</summary>
    public IEnumerable<SamRoute> UnderEachBasePath(SamRoute route)
    {
        yield return route;
        var path = RoutePattern.IsDefault(route.Path)
            ? RoutePattern.Default
            : route.Path.Length > (BasePath?.Length ?? 0) ? route.Path[(BasePath?.Length ?? 0)..] : "/";
        foreach (var other in BasePaths.Skip(1))
            yield return route with { Path = At(path, other), BasePath = other };
    }

    // Paths in routing.yml are complete: they include the base path.
    private static string At(string path, string? basePath) => path == RoutePattern.Default
        ? RoutePattern.DefaultOf(basePath)
        : basePath is null ? path : path == "/" ? basePath : basePath + path;
}

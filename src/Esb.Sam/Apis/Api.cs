using Esb.Sam.Apis.Integrations;
using Esb.Sam.Apis.OpenApi;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>An API of a template, of either kind and however it is written.</summary>
internal sealed record Api
{
    /// <summary>The result of <c>Ref</c>, by which events name their API.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is an HTTP API (payload 2.0) or a REST API (1.0).</summary>
    public required bool IsHttp { get; init; }

    public required string Stage { get; init; }

    /// <summary>The stage of an API without a stage name.</summary>
    public static string DefaultStage(bool isHttp) => isHttp ? "$default" : "Prod";

    public YamlMapping? StageVariables { get; init; }

    /// <summary>SAM's <c>Domain</c>; null when there is none.</summary>
    public YamlMapping? Domain { get; init; }

    /// <summary>The paths under which its routes are served; null stands for none.</summary>
    public IReadOnlyList<string?> BasePaths { get; init; } = [null];

    private string? BasePath => BasePaths[0];

    public IReadOnlyList<string> BinaryMediaTypes { get; init; } = [];

    public YamlMapping? Cors { get; init; }

    public ApiAuth Auth { get; init; } = ApiAuth.Open;

    /// <summary>Who may call the operations of its definition; null without a definition.</summary>
    public OperationGuards? Guards { get; init; }

    /// <summary>
    /// Whether events add routes to it. The routes of an API with a definition are in the definition.
    /// </summary>
    public bool TakesEvents { get; init; } = true;

    /// <summary>Routes that are defined outside events.</summary>
    public IReadOnlyList<SamRoute> Defined { get; init; } = [];

    /// <summary>A usage plan that creates a key for this API; null when there is none.</summary>
    public YamlMapping? UsagePlan { get; init; }

    /// <summary>Whether its API keys come from its authorizer; see <see cref="KeySources"/>.</summary>
    public bool TakesKeysFromAuthorizer { get; init; }

    /// <summary>The reason why nobody may call any of its routes; null when it is not closed.</summary>
    public string? Closed { get; init; }

    /// <summary>
    /// The reason why its guards are unknown: the API or its definition is in none of the files that are read. Null
    /// when they are known.
    /// </summary>
    public string? GuardsUnknown { get; init; }

    /// <summary>
    /// The API as seen by separate methods and routes: guards that are unknown here may apply to them.
    /// </summary>
    public Api ForSeparateRoutes => GuardsUnknown is { } reason && Closed is null
        ? this with { Closed = $"{reason}, and may guard what this route takes" }
        : this;

    /// <summary>The reason why it may not have a path; null when it may.</summary>
    public string? Refused(string path) =>
        path == RoutePattern.Default && !IsHttp ? "a REST API has no such route; write /{proxy+} for every path"
            : path != RoutePattern.Default && BasePaths.Any(b => RoutePattern.IsDefault(b + path)) ? "$default must be "
                + "the whole path; everything beneath a path is {proxy+}"
            : RoutePattern.Refused(path) ?? PathSigns.Refused(path, IsHttp);

    /// <summary>Spells a method as routes do.</summary>
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

    // routing.yml has complete paths, which include the base path of requests.
    private static string At(string path, string? basePath) => path == RoutePattern.Default
        ? RoutePattern.DefaultOf(basePath)
        : basePath is null ? path : path == "/" ? basePath : basePath + path;
}

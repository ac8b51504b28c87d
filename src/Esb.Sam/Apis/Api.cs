using Esb.Sam.Apis.Integrations;
using Esb.Sam.Apis.OpenApi;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>One API of a template, of either kind, however it is written.</summary>
internal sealed record Api
{
    /// <summary>What <c>Ref</c> of it gives; events name their API by it.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is an HTTP API (payload 2.0), not a REST API (1.0).</summary>
    public required bool IsHttp { get; init; }

    public required string Stage { get; init; }

    /// <summary>The stage of an API that names none.</summary>
    public static string DefaultStage(bool isHttp) => isHttp ? "$default" : "Prod";

    public YamlMapping? StageVariables { get; init; }

    /// <summary>SAM's <c>Domain</c>; null when there is none.</summary>
    public YamlMapping? Domain { get; init; }

    /// <summary>Under each of these its routes are served; null is none.</summary>
    public IReadOnlyList<string?> BasePaths { get; init; } = [null];

    private string? BasePath => BasePaths[0];

    public IReadOnlyList<string> BinaryMediaTypes { get; init; } = [];

    public YamlMapping? Cors { get; init; }

    public ApiAuth Auth { get; init; } = ApiAuth.Open;

    /// <summary>Who may call the operations of its definition; null when it has none.</summary>
    public OperationGuards? Guards { get; init; }

    /// <summary>Whether events of functions make routes of it. An API with a definition of its own has its routes there.</summary>
    public bool TakesEvents { get; init; } = true;

    /// <summary>Routes that are defined beside events.</summary>
    public IReadOnlyList<SamRoute> Defined { get; init; } = [];

    /// <summary>A usage plan that makes a key of its own; null when there is none.</summary>
    public YamlMapping? UsagePlan { get; init; }

    /// <summary>Why nobody may call any of its routes; null when somebody may.</summary>
    public string? Closed { get; init; }

    /// <summary>Why nobody knows what it asks of callers: it, or its definition, is in none of the files that are read; null when it is known.</summary>
    public string? GuardsUnknown { get; init; }

    /// <summary>The API as methods and routes of their own are read for it: what is not known here may guard what they take.</summary>
    public Api ForPlainRoutes => GuardsUnknown is { } reason && Closed is null ? this with { Closed = $"{reason}, and may guard what this route takes" } : this;

    /// <summary>Why it may not have a path; null when it may.</summary>
    public string? Refused(string path) =>
        path == RoutePattern.Default && !IsHttp ? "a REST API has no such route; write /{proxy+} for every path"
            : path != RoutePattern.Default && BasePaths.Any(b => RoutePattern.IsDefault(b + path)) ? "$default stands alone; what is beneath a path is {proxy+}"
            : RoutePattern.Refused(path) ?? PathSigns.Refused(path, IsHttp);

    /// <summary>A method in the spelling of routes.</summary>
    public static string MethodOf(string method) =>
        method.ToUpperInvariant() is var upper && upper is "*" or "ANY" or "X-AMAZON-APIGATEWAY-ANY-METHOD" ? "ANY" : upper;

    /// <summary>A route of this API whose requests go to a function.</summary>
    public SamRoute Route(string path, string method, string function, string? payload, YamlMapping? authorizer, Place place) =>
        Route(path, method, RouteTarget.Of(function, payload), authorizer, place);

    /// <summary>A route of this API. One whose requests nobody can answer is closed, whoever may call it.</summary>
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
        Authorizer = (target.Closed ?? Closed) is { } reason ? AuthorizerForm.Unsupported(reason) : authorizer,
        Place = place,
        Say = target.Say,
    };

    /// <summary>A route of this API under each of its base paths.</summary>
    public IEnumerable<SamRoute> Everywhere(SamRoute route)
    {
        yield return route;
        var path = RoutePattern.IsDefault(route.Path) ? RoutePattern.Default : route.Path.Length > (BasePath?.Length ?? 0) ? route.Path[(BasePath?.Length ?? 0)..] : "/";
        foreach (var other in BasePaths.Skip(1))
            yield return route with { Path = At(path, other), BasePath = other };
    }

    // routing.yml has paths in full, with the base path that requests have before them.
    private static string At(string path, string? basePath) => path == RoutePattern.Default ? RoutePattern.DefaultOf(basePath) : basePath is null ? path : path == "/" ? basePath : basePath + path;
}

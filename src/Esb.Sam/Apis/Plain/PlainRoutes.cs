using Esb.Sam.Apis.Integrations;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>
/// Methods, routes and stages that are separate resources, in all templates that are read together. APIs, paths,
/// authorizers, integrations and stages can be passed on as parameters and outputs, so each may be in another template.
/// </summary>
internal sealed class PlainRoutes
{
    private readonly ILookup<string, TemplateResource> _methods;
    private readonly ILookup<string, TemplateResource> _routes;
    private readonly ILookup<string, TemplateResource> _stages;
    private readonly MethodRoutes _ofMethods;
    private readonly KeyedRoutes _ofKeys;
    private readonly ResourceSet _resources;

    public PlainRoutes(ResourceSet resources)
    {
        _resources = resources;
        _methods = ByApi("AWS::ApiGateway::Method");
        _routes = ByApi("AWS::ApiGatewayV2::Route");
        _stages = resources.Of("AWS::ApiGateway::Stage").Concat(resources.Of("AWS::ApiGateway::Deployment"))
            .Concat(resources.Of("AWS::ApiGatewayV2::Stage"))
            .ToLookup(ApiOf, StringComparer.Ordinal);
        _ofMethods = new MethodRoutes(resources);
        _ofKeys = new KeyedRoutes(resources);
    }

    /// <summary>The first stage of an API that has a name; null when the API has no such stage.</summary>
    public TemplateResource? StageOf(string api) =>
        _stages[api].FirstOrDefault(s => s.Properties.Contains("StageName"));

    /// <summary>Returns the API with the routes that separate resources define.</summary>
    public Api AddTo(Api api)
    {
        var plain = api.ForSeparateRoutes;
        List<SamRoute> own = api.IsHttp
            ? [.. _routes[api.Id].Select(r => _ofKeys.Of(plain, r)).OfType<SamRoute>()]
            : [.. _ofMethods.Of(plain, _methods[api.Id])];
        return own.Count == 0
            ? api
            : api with { Defined = [.. api.Defined, .. own.Select(r => r with { IsPlain = true })] };
    }

    /// <summary>Whether a separate method or route belongs to an API.</summary>
    public bool Has(string api) => _methods.Contains(api) || _routes.Contains(api);

    /// <summary>
    /// Routes whose API is in none of the templates, or is of the other kind. They are closed, so that no broader route
    /// takes their requests.
    /// </summary>
    public IEnumerable<(StackContext Context, SamRoute Route)> Unattached(IReadOnlyDictionary<string, Api> known)
    {
        var webSockets = _resources.Of("AWS::ApiGatewayV2::Api")
            .Where(a => ResourceSet.Text(a.Properties["ProtocolType"]) == "WEBSOCKET")
            .Select(a => a.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var resource in _methods.Concat(_routes).SelectMany(g => g))
        {
            var (id, isHttp) = (ApiOf(resource), resource.Type == "AWS::ApiGatewayV2::Route");
            if (known.TryGetValue(id, out var api) && api.IsHttp == isHttp)
                continue;
            if (webSockets.Contains(id))
            {
                resource.Context.Receipt.Ignored(
                    resource.LogicalId, "ApiId", "WebSocket APIs are not served", resource.Key);
                continue;
            }

            var reason = api is null
                ? $"its API '{id}' is in no template that is deployed with it"
                : $"its API '{id}' is {(api.IsHttp ? "an HTTP API" : "a REST API")}, "
                    + $"which has no {(isHttp ? "routes" : "methods")} of this kind";
            if (Closed(resource, id, isHttp, reason) is { } route)
                yield return (resource.Context, route);
        }
    }

    private SamRoute? Closed(TemplateResource resource, string id, bool isHttp, string reason)
    {
        var api = new Api { Id = id, IsHttp = isHttp, Stage = Api.DefaultStage(isHttp), Closed = reason };
        var (method, path) = isHttp
            ? KeyedRoutes.PartsOf(ResourceSet.Text(resource.Properties["RouteKey"]) ?? "")
            : (MethodRoutes.Verb(resource), _ofMethods.Guess(resource));
        resource.Context.Receipt.Ignored(
            resource.LogicalId, isHttp ? "ApiId" : "RestApiId", $"{reason}; the route is closed", resource.Key);
        resource.Context.Diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{resource.LogicalId}: the route is closed: {reason}",
            resource.Key,
            "pass the API's own !Ref as a parameter or an output");
        return api.Refused(path) is null && RouteMethods.IsKnown(method)
            ? api.Route(path, method, RouteTarget.None(reason), null, resource.Key.Place) with { HasUnknownApi = true }
            : null;
    }

    /// <summary>The reason why the guards of an API are unknown; null when they are known.</summary>
    public static string? GuardsUnknown(TemplateResource api)
    {
        if (!new[] { "BodyS3Location", "CloneFrom" }.Any(
            p => api.Properties[p] is not (null or YamlScalar { IsNull: true }))
            && !api.Context.DefinedOnAws.Contains(api.LogicalId))
            return null;
        api.Context.Diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{api.LogicalId}: its methods and routes are closed: its definition, which may guard them, is on AWS and "
                + "cannot be read here",
            api.Key,
            "write the definition into the template, or name a file beside it");
        return "the definition of its API is on AWS";
    }

    private ILookup<string, TemplateResource> ByApi(string type) =>
        _resources.Of(type).ToLookup(ApiOf, StringComparer.Ordinal);

    private static string ApiOf(TemplateResource resource) =>
        ResourceSet.Text(resource.Properties["RestApiId"]) ?? ResourceSet.Text(resource.Properties["ApiId"]) ?? "";
}

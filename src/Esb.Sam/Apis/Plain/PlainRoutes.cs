using Esb.Sam.Apis.Integrations;
using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>
/// Methods, routes and stages that are resources of their own, of all templates that are read together: an API, its paths, authorizers,
/// integrations and stages are handed down as parameters and up as outputs, so that each may stand in another template.
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
        _stages = resources.Of("AWS::ApiGateway::Stage").Concat(resources.Of("AWS::ApiGateway::Deployment")).Concat(resources.Of("AWS::ApiGatewayV2::Stage"))
            .ToLookup(ApiOf, StringComparer.Ordinal);
        _ofMethods = new MethodRoutes(resources);
        _ofKeys = new KeyedRoutes(resources);
    }

    /// <summary>The first stage of an API that has a name; null when it has none.</summary>
    public TemplateResource? StageOf(string api) => _stages[api].FirstOrDefault(s => s.Properties.Contains("StageName"));

    /// <summary>The API with the routes that resources of their own make of it.</summary>
    public Api AddTo(Api api)
    {
        var plain = api.ForPlainRoutes;
        List<SamRoute> own = api.IsHttp ? [.. _routes[api.Id].Select(r => _ofKeys.Of(plain, r)).OfType<SamRoute>()] : [.. _ofMethods.Of(plain, _methods[api.Id])];
        return own.Count == 0 ? api : api with { Defined = [.. api.Defined, .. own.Select(r => r with { IsPlain = true })] };
    }

    /// <summary>Whether a method or route of its own belongs to an API.</summary>
    public bool Has(string api) => _methods.Contains(api) || _routes.Contains(api);

    /// <summary>Those whose API is in none of the templates, or of the other kind: closed, so that no broader route takes their requests.</summary>
    public IEnumerable<(StackContext Context, SamRoute Route)> Lost(IReadOnlyDictionary<string, Api> known)
    {
        var webSockets = _resources.Of("AWS::ApiGatewayV2::Api").Where(a => ResourceSet.Text(a.Properties["ProtocolType"]) == "WEBSOCKET").Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var resource in _methods.Concat(_routes).SelectMany(g => g))
        {
            var (id, isHttp) = (ApiOf(resource), resource.Type == "AWS::ApiGatewayV2::Route");
            if (known.TryGetValue(id, out var api) && api.IsHttp == isHttp)
                continue;
            if (webSockets.Contains(id))
            {
                resource.Context.Receipt.Ignored(resource.LogicalId, "ApiId", "WebSocket APIs are not served", resource.Key);
                continue;
            }

            var reason = api is null
                ? $"its API '{id}' is in no template that is deployed with it"
                : $"its API '{id}' is {(api.IsHttp ? "an HTTP API" : "a REST API")}, which has no {(isHttp ? "routes" : "methods")} of this kind";
            if (Closed(resource, id, isHttp, reason) is { } route)
                yield return (resource.Context, route);
        }
    }

    private SamRoute? Closed(TemplateResource resource, string id, bool isHttp, string reason)
    {
        var api = new Api { Id = id, IsHttp = isHttp, Stage = Api.DefaultStage(isHttp), Closed = reason };
        var (method, path) = isHttp ? KeyedRoutes.PartsOf(ResourceSet.Text(resource.Properties["RouteKey"]) ?? "") : (MethodRoutes.Verb(resource), _ofMethods.Guess(resource));
        resource.Context.Receipt.Ignored(resource.LogicalId, isHttp ? "ApiId" : "RestApiId", $"{reason}; the route is closed", resource.Key);
        resource.Context.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{resource.LogicalId}: the route is closed: {reason}", resource.Key, "hand the API's own !Ref down or up");
        return api.Refused(path) is null && RouteMethods.IsKnown(method)
            ? api.Route(path, method, RouteTarget.Nobody(reason), null, resource.Key.Place) with { IsLost = true }
            : null;
    }

    /// <summary>Why nobody knows what an API asks of callers; null when it is known.</summary>
    public static string? GuardsUnknown(TemplateResource api)
    {
        if (!new[] { "BodyS3Location", "CloneFrom" }.Any(p => api.Properties[p] is not (null or YamlScalar { IsNull: true })) && !api.Context.DefinedOnAws.Contains(api.LogicalId))
            return null;
        api.Context.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{api.LogicalId}: its methods and routes are closed: {Reasons.OnAws}", api.Key, "write the definition into the template, or name a file beside it");
        return "the definition of its API is on AWS";
    }

    private ILookup<string, TemplateResource> ByApi(string type) => _resources.Of(type).ToLookup(ApiOf, StringComparer.Ordinal);

    private static string ApiOf(TemplateResource resource) => ResourceSet.Text(resource.Properties["RestApiId"]) ?? ResourceSet.Text(resource.Properties["ApiId"]) ?? "";
}

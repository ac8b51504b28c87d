using Esb.Sam.Apis.Integrations;
using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>HTTP APIs made of <c>AWS::ApiGatewayV2::Api</c>, <c>Route</c>, <c>Integration</c>, <c>Stage</c> and <c>Authorizer</c>.</summary>
internal static class HttpApiReader
{
    public static IEnumerable<Api> Read(ResourceSet resources, Resolver resolver)
    {
        var routes = resources.Of("AWS::ApiGatewayV2::Route").ToLookup(r => ResourceSet.Text(r.Properties["ApiId"]) ?? "");
        var stages = resources.Of("AWS::ApiGatewayV2::Stage").ToLookup(s => ResourceSet.Text(s.Properties["ApiId"]) ?? "");
        var integrations = resources.Of("AWS::ApiGatewayV2::Integration").ToDictionary(i => i.Name, StringComparer.Ordinal);
        var authorizers = PlainAuthorizers.Read(resources, "AWS::ApiGatewayV2::Authorizer", resolver.Diagnostics);
        foreach (var resource in resources.Of("AWS::ApiGatewayV2::Api"))
        {
            var reader = new MappingReader(resource.Properties, resource.LogicalId, resolver.Diagnostics);
            if (reader.Text("ProtocolType") is "WEBSOCKET")
            {
                resolver.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{resource.LogicalId}: WebSocket APIs are not served", resource.Key);
                resolver.Scope.Context.Receipt.Ignored(resource.LogicalId, "ProtocolType", "WebSocket APIs are not served", resource.Key);
                continue;
            }

            var stage = stages[resource.Name].FirstOrDefault();
            var api = new Api
            {
                Id = resource.Name,
                IsHttp = true,
                Stage = ResourceSet.Text(stage?.Properties["StageName"]) ?? "$default",
                StageVariables = stage?.Properties["StageVariables"] as YamlMapping,
                Cors = CorsReader.Checked(CorsReader.OfHttpApi(resource.Properties["CorsConfiguration"]), resource.LogicalId, resource.Properties["CorsConfiguration"], resolver.Diagnostics),
                TakesEvents = false,
            };
            if (resource.Properties["Body"] is YamlMapping body)
                api = new OpenApiReader(resource.LogicalId, resolver).AddTo(api, body);
            var targets = new IntegrationTargets(resolver.Scope.Context);
            var quick = reader.Text("Target") is { } target ? Route(api, reader.Text("RouteKey") ?? RoutePattern.Default, path => Quick(targets, target, path, resource), null, resource.Key, resolver.Diagnostics) : null;
            var own = routes[resource.Name].Select(r => Of(api, r, integrations, authorizers, resolver)).Prepend(quick).OfType<SamRoute>();
            yield return api with { Defined = [.. api.Defined, .. own] };
        }
    }

    private static SamRoute? Of(Api api, TemplateResource route, Dictionary<string, TemplateResource> integrations, Dictionary<string, YamlMapping> authorizers, Resolver resolver)
    {
        var reader = new MappingReader(route.Properties, route.LogicalId, resolver.Diagnostics);
        if (reader.RequiredText("RouteKey", "for example RouteKey: GET /orders") is not { } key)
            return null;
        var target = reader.Text("Target")?.Split('/')[^1] ?? "";
        var integration = integrations.GetValueOrDefault(target) is { } found ? Integration.OfHttpApi(found.Properties).WithStageVariables(api.StageVariables) : null;
        var targets = new IntegrationTargets(resolver.Scope.Context);
        return Route(api, key, path => targets.Of(integration, isHttp: true, path, (route.LogicalId, "Target", route.Key)), PlainAuthorizers.For(reader, authorizers), route.Key, resolver.Diagnostics);
    }

    // An API that is made of an address or a function alone.
    private static RouteTarget Quick(IntegrationTargets targets, string target, string path, TemplateResource api) =>
        LambdaTarget.OfArn(target) is { } function
            ? RouteTarget.Of(function, "2.0")
            : targets.Of(Integration.OfAddress(target), isHttp: true, path, (api.LogicalId, "Target", api.Key));

    // A route key is "GET /orders", "ANY /{proxy+}" or "$default".
    private static SamRoute? Route(Api api, string key, Func<string, RouteTarget> target, YamlMapping? authorizer, YamlScalar at, DiagnosticBag diagnostics)
    {
        var (method, path) = key.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var verb, var pattern] => (verb, pattern),
            _ => ("ANY", key),
        };
        var problem = RouteMethods.IsKnown(method) ? RoutePattern.Problem(path) : $"there is no method '{method}', allowed is {string.Join(", ", RouteMethods.All)}";
        if (problem is null)
            return api.Route(path, method, target(path), authorizer, at.Place);
        diagnostics.Error(DiagnosticCodes.WrongValue, $"{at.Value}: route key '{key}': {problem}", at);
        return null;
    }
}

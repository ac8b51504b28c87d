using Esb.Sam.Apis.Integrations;
using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>REST APIs made of <c>AWS::ApiGateway::RestApi</c>, <c>Resource</c>, <c>Method</c>, <c>Stage</c> and <c>Authorizer</c>.</summary>
internal static class RestApiReader
{
    public static IEnumerable<Api> Read(ResourceSet resources, Resolver resolver)
    {
        var methods = resources.Of("AWS::ApiGateway::Method").ToLookup(m => ResourceSet.Text(m.Properties["RestApiId"]) ?? "");
        var authorizers = PlainAuthorizers.Read(resources, "AWS::ApiGateway::Authorizer", resolver.Diagnostics);
        var paths = new ResourcePaths(resources.Of("AWS::ApiGateway::Resource"), resolver.Diagnostics);
        var stages = resources.Of("AWS::ApiGateway::Stage").Concat(resources.Of("AWS::ApiGateway::Deployment")).ToLookup(s => ResourceSet.Text(s.Properties["RestApiId"]) ?? "");
        foreach (var resource in resources.Of("AWS::ApiGateway::RestApi"))
        {
            var stage = stages[resource.Name].FirstOrDefault(s => s.Properties.Contains("StageName"));
            var api = new Api
            {
                Id = resource.Name,
                IsHttp = false,
                Stage = ResourceSet.Text(stage?.Properties["StageName"]) ?? "Prod",
                StageVariables = stage?.Properties["Variables"] as YamlMapping,
                BinaryMediaTypes = new MappingReader(resource.Properties, resource.LogicalId, resolver.Diagnostics).TextList("BinaryMediaTypes"),
                Closed = ResourcePolicy.Closes(resource.LogicalId, resource.Properties["Policy"], null, resolver.Scope.Context, ResourceSet.Text(stage?.Properties["StageName"])),
                TakesEvents = false,
            };
            if (resource.Properties["Body"] is YamlMapping body)
                api = new OpenApiReader(resource.LogicalId, resolver).AddTo(api, body);
            yield return api with { Defined = [.. api.Defined, .. Routes(api, [.. methods[resource.Name]], paths, authorizers, resolver)] };
        }
    }

    private static IEnumerable<SamRoute> Routes(Api api, List<TemplateResource> methods, ResourcePaths paths, Dictionary<string, YamlMapping> authorizers, Resolver resolver)
    {
        var targets = new IntegrationTargets(resolver.Scope.Context);
        List<SamRoute> routes = [];
        var preflights = new Dictionary<string, YamlMapping>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            if (Of(method, paths, api) is not { } path || RoutePattern.Problem(path) is not null)
            {
                resolver.Diagnostics.Warning(DiagnosticCodes.UnknownReference, $"{method.LogicalId}: its resource is not in this template", method.Key);
                resolver.Scope.Context.Receipt.Ignored(method.LogicalId, "ResourceId", "its resource is not in this template", method.Key);
                continue;
            }

            var reader = new MappingReader(method.Properties, method.LogicalId, resolver.Diagnostics);
            var integration = reader.Nested("Integration") is { } written ? Integration.OfMethod(written.Mapping).WithStageVariables(api.StageVariables) : null;
            var target = targets.Of(integration, isHttp: false, path, (method.LogicalId, "Integration", method.Key));
            if (target.Closed is not null && Verb(method) == "OPTIONS" && integration?.Type == "mock" && CorsReader.OfMock(integration.Responses.Select(r => r.Parameters)) is { } cors)
            {
                preflights.TryAdd(path, cors);
                resolver.Scope.Context.Receipt.Approximated(method.LogicalId, "Integration", "preflights are answered by the gateway itself", method.Key);
                continue;
            }

            routes.Add(api.Route(path, Verb(method), target, PlainAuthorizers.For(reader, authorizers), method.Key.Place));
        }

        return routes.Select(r => r with { Cors = preflights.GetValueOrDefault(r.Path) });
    }

    private static string? Of(TemplateResource method, ResourcePaths paths, Api api) => paths.Of(ResourceSet.Text(method.Properties["ResourceId"]) ?? "", api.Id);

    private static string Verb(TemplateResource method) => (ResourceSet.Text(method.Properties["HttpMethod"]) ?? "ANY").ToUpperInvariant();
}

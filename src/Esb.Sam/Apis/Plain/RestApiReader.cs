using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Receipts;
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
                TakesEvents = false,
            };
            if (resource.Properties["Body"] is YamlMapping body)
                api = new OpenApiReader(resource.LogicalId, resolver).AddTo(api, body);
            yield return api with { Defined = [.. api.Defined, .. Routes(api, [.. methods[resource.Name]], paths, authorizers, resolver)] };
        }
    }

    private static IEnumerable<SamRoute> Routes(Api api, List<TemplateResource> methods, ResourcePaths paths, Dictionary<string, YamlMapping> authorizers, Resolver resolver)
    {
        var preflights = methods.Where(m => Verb(m) == "OPTIONS" && IsMock(m))
            .Select(m => (Path: Of(m, paths, api), Cors: CorsReader.OfMock(Responses(m))))
            .Where(p => p is { Path: not null, Cors: not null })
            .DistinctBy(p => p.Path)
            .ToDictionary(p => p.Path!, p => p.Cors, StringComparer.Ordinal);
        foreach (var method in methods)
        {
            if (Of(method, paths, api) is not { } path || RoutePattern.Problem(path) is not null)
            {
                resolver.Diagnostics.Warning(DiagnosticCodes.UnknownReference, $"{method.LogicalId}: its resource is not in this template", method.Key);
                continue;
            }

            var reader = new MappingReader(method.Properties, method.LogicalId, resolver.Diagnostics);
            var integration = reader.Nested("Integration");
            if (LambdaTarget.IsCustom(integration?.Text("Type")))
                resolver.Scope.Context.Receipt.Approximated(method.LogicalId, "Integration", Reasons.CustomIntegration, method.Key);
            if (LambdaTarget.OfIntegration(integration?.Text("Type"), integration?.Text("Uri")) is { } function)
                yield return api.Route(path, Verb(method), function, null, PlainAuthorizers.For(reader, authorizers), method.Key.Place) with { Cors = preflights.GetValueOrDefault(path) };
            else
                NotServed(method, integration, Verb(method) == "OPTIONS" && preflights.ContainsKey(path), resolver.Scope.Context);
        }
    }

    private static void NotServed(TemplateResource method, MappingReader? integration, bool isPreflight, StackContext context)
    {
        var kind = integration?.Text("Type") ?? "without a type";
        if (isPreflight)
        {
            context.Receipt.Approximated(method.LogicalId, "Integration", "preflights are answered by the gateway itself", method.Key);
            return;
        }

        context.Receipt.Ignored(method.LogicalId, "Integration", $"integrations of type {kind} are not served, only functions", method.Key);
        context.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{method.LogicalId}: an integration of type {kind} is not served, only functions are", method.Key, LambdaTarget.OfArn(integration?.Text("Uri")) is null ? null : Reasons.WrongIntegration);
    }

    private static string? Of(TemplateResource method, ResourcePaths paths, Api api) => paths.Of(ResourceSet.Text(method.Properties["ResourceId"]) ?? "", api.Id);

    private static string Verb(TemplateResource method) => (ResourceSet.Text(method.Properties["HttpMethod"]) ?? "ANY").ToUpperInvariant();

    private static bool IsMock(TemplateResource method) => (method.Properties["Integration"] as YamlMapping)?["Type"] is YamlScalar { Value: "MOCK" or "mock" };

    private static IEnumerable<YamlNode?> Responses(TemplateResource method) =>
        ((method.Properties["Integration"] as YamlMapping)?["IntegrationResponses"] as YamlSequence)?.Items.OfType<YamlMapping>().Select(r => r["ResponseParameters"]) ?? [];
}

using Esb.Sam.Apis.Integrations;
using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>
/// Reads <c>AWS::ApiGatewayV2::Api</c> with its definition or its quick-create target; <see cref="PlainRoutes"/> adds
/// its routes.
/// </summary>
internal static class HttpApiReader
{
    public static IEnumerable<Api> Read(
        ResourceSet resources,
        PlainRoutes plain,
        UnreadGuards unread,
        Resolver resolver)
    {
        foreach (var resource in resources.Of("AWS::ApiGatewayV2::Api"))
        {
            var reader = new MappingReader(resource.Properties, resource.LogicalId, resolver.Diagnostics);
            if (reader.Text("ProtocolType") is "WEBSOCKET")
            {
                resolver.Diagnostics.Warning(
                    DiagnosticCodes.NotSupported, $"{resource.LogicalId}: WebSocket APIs are not served", resource.Key);
                resolver.Scope.Context.Receipt.Ignored(
                    resource.LogicalId, "ProtocolType", "WebSocket APIs are not served", resource.Key);
                continue;
            }

            var stage = plain.StageOf(resource.Name);
            var api = new Api
            {
                Id = resource.Name,
                IsHttp = true,
                Stage = ResourceSet.Text(stage?.Properties["StageName"]) ?? "$default",
                StageVariables = stage?.Properties["StageVariables"] as YamlMapping,
                Cors = CorsReader.Checked(
                    CorsReader.OfHttpApi(resource.Properties["CorsConfiguration"]),
                    resource.LogicalId,
                    resource.Properties["CorsConfiguration"],
                    resolver.Diagnostics),
                Closed = unread.Closes(resource.LogicalId, resource.Name, resolver.Diagnostics),
                GuardsUnknown = PlainRoutes.GuardsUnknown(resource),
                TakesEvents = false,
            };
            if (resource.Properties["Body"] is YamlMapping body)
                api = new OpenApiReader(resource.LogicalId, resolver).AddTo(api, body);
            var targets = new IntegrationTargets(resolver.Scope.Context);
            var quick = reader.Text("Target") is { } target
                ? KeyedRoutes.Of(
                    api.ForSeparateRoutes,
                    reader.Text("RouteKey") ?? RoutePattern.Default,
                    path => Quick(targets, target, path, resource),
                    null,
                    resource.Key,
                    resolver.Diagnostics)
                : null;
            yield return quick is null ? api : api with { Defined = [.. api.Defined, quick] };
        }
    }

    // The target of an API that is created from an address or a function alone.
    private static RouteTarget Quick(IntegrationTargets targets, string target, string path, TemplateResource api) =>
        LambdaTarget.OfArn(target) is { } function
            ? RouteTarget.Of(function, "2.0")
            : targets.Of(Integration.OfAddress(target), isHttp: true, path, (api.LogicalId, "Target", api.Key));
}

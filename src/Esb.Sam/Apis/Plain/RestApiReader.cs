using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Resolving;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>
/// Reads <c>AWS::ApiGateway::RestApi</c> with its definition; <see cref="PlainRoutes"/> adds its methods.
/// </summary>
internal static class RestApiReader
{
    public static IEnumerable<Api> Read(
        ResourceSet resources,
        PlainRoutes plain,
        UnreadGuards unread,
        Resolver resolver)
    {
        foreach (var resource in resources.Of("AWS::ApiGateway::RestApi"))
        {
            var stage = plain.StageOf(resource.Name);
            var api = new Api
            {
                Id = resource.Name,
                IsHttp = false,
                Stage = ResourceSet.Text(stage?.Properties["StageName"]) ?? "Prod",
                StageVariables = stage?.Properties["Variables"] as YamlMapping,
                BinaryMediaTypes = new MappingReader(resource.Properties, resource.LogicalId, resolver.Diagnostics)
                    .TextList("BinaryMediaTypes"),
                Closed = ResourcePolicy.Closes(
                    resource.LogicalId,
                    resource.Name,
                    resource.Properties["Policy"],
                    null,
                    resolver.Scope.Context,
                    ResourceSet.Text(stage?.Properties["StageName"]))
                    ?? unread.Closes(resource.LogicalId, resource.Name, resolver.Diagnostics)
                    ?? PrivateApis.Closes(
                        resource.LogicalId, resource.Properties["EndpointConfiguration"], resolver.Scope.Context)
                    ?? PrivateApis.Closes(
                        resource.LogicalId, EndpointOfImport(resource, resolver), resolver.Scope.Context, "Parameters"),
                GuardsUnknown = PlainRoutes.GuardsUnknown(resource),
                TakesEvents = false,
                TakesKeysFromAuthorizer = KeySources.IsAuthorizer(resource.Properties["ApiKeySourceType"]),
            };
            yield return resource.Properties["Body"] is YamlMapping body
                ? new OpenApiReader(resource.LogicalId, resolver).AddTo(api, body)
                : api;
        }
    }

    // The endpoint type that the import of a definition gives the API; the other parameters have receipt lines of their
    // own. Source: API Gateway API reference, "ImportRestApi", parameters.
    private static YamlNode? EndpointOfImport(TemplateResource api, Resolver resolver) =>
        Written(api, resolver)?["Parameters"] is { } written && resolver.Resolve(written) is YamlMapping parameters
            ? parameters.Entries.FirstOrDefault(e => IsEndpointType(e.Key.Value)).Value
            : null;

    private static YamlMapping? Written(TemplateResource api, Resolver resolver) =>
        (resolver.Scope.Resources[api.LogicalId] as YamlMapping)?["Properties"] as YamlMapping;

    private static bool IsEndpointType(string parameter) =>
        parameter.Equals("endpointConfigurationTypes", StringComparison.OrdinalIgnoreCase);
}

using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
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
                        resource.LogicalId,
                        OfImport(resource, resolver, "endpointConfigurationTypes"),
                        resolver.Scope.Context,
                        "Parameters"),
                GuardsUnknown = PlainRoutes.GuardsUnknown(resource),
                TakesEvents = false,
                TakesKeysFromAuthorizer = KeySources.IsAuthorizer(resource.Properties["ApiKeySourceType"]),
            };
            if (resource.Properties["Body"] is not YamlMapping body)
            {
                yield return api;
                continue;
            }

            CheckBasePath(resource, resolver, body);
            yield return new OpenApiReader(resource.LogicalId, resolver).AddTo(api, body);
        }
    }

    // With these values, AWS puts the base path of the definition in front of its paths; by default it ignores it.
    // Source: API Gateway Developer Guide, "Set the OpenAPI basePath property".
    private static void CheckBasePath(TemplateResource api, Resolver resolver, YamlMapping definition)
    {
        if (OfImport(api, resolver, "basepath") is not YamlScalar { Value: "prepend" or "split" } mode
            || definition["basePath"] is not YamlScalar { Value: { Length: > 1 } path })
            return;
        resolver.Diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{api.LogicalId}: its paths are served without {path}: 'basepath: {mode.Value}' of Parameters is ignored",
            mode,
            "write the base path in front of each path of the definition");
    }

    // A parameter of the import of a definition; those that are not read have receipt lines of their own. Source: API
    // Gateway API reference, "ImportRestApi", parameters.
    private static YamlNode? OfImport(TemplateResource api, Resolver resolver, string name) =>
        Written(api, resolver)?["Parameters"] is { } written && resolver.Resolve(written) is YamlMapping parameters
            ? parameters.Entries
                .FirstOrDefault(e => e.Key.Value.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
            : null;

    private static YamlMapping? Written(TemplateResource api, Resolver resolver) =>
        (resolver.Scope.Resources[api.LogicalId] as YamlMapping)?["Properties"] as YamlMapping;
}

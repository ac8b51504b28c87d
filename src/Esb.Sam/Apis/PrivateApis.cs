using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// APIs that can be reached only from a VPC. They are closed, because no caller of ESB is in a VPC. Sources: AWS SAM
/// Developer Guide, "EndpointConfiguration"; CloudFormation, "AWS::ApiGateway::RestApi EndpointConfiguration".
/// </summary>
internal static class PrivateApis
{
    /// <summary>The extension of a definition that names VPC endpoints.</summary>
    public const string Extension = "x-amazon-apigateway-endpoint-configuration";

    private const string Reason = "it is private to a VPC of AWS";

    /// <summary>The reason why an API is closed; null when it is not private.</summary>
    /// <param name="api">
    /// The name of the API in the warning; null for an implicit API, which exists whether it is used or not.
    /// </param>
    /// <param name="configuration">A type, or a mapping with <c>Type</c> (SAM) or <c>Types</c>.</param>
    /// <param name="context">Receives the warning and the line of the receipt.</param>
    /// <param name="property">The property that contains the configuration.</param>
    public static string? Closes(
        string? api,
        YamlNode? configuration,
        StackContext context,
        string property = "EndpointConfiguration")
    {
        // An unknown type may be PRIVATE, and only a private API has VPC endpoints.
        if (!NamesVpcEndpoints(configuration)
            && Types(configuration).All(t => t.ToUpperInvariant() is "EDGE" or "REGIONAL"))
            return null;
        if (api is not null)
        {
            context.Receipt.Ignored(api, property, $"{Reason}; the routes are closed", configuration!);
            context.Diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{api}: the routes are closed: {Reason}",
                configuration,
                "leave the type and the VPC endpoints out, and control access with an authorizer or a firewall");
        }

        return Reason;
    }

    /// <summary>
    /// The reason why the API of an OpenAPI definition is closed; null when the definition names no VPC endpoint.
    /// Source: API Gateway Developer Guide, "x-amazon-apigateway-endpoint-configuration object".
    /// </summary>
    public static string? Closes(string api, YamlMapping definition, StackContext context)
    {
        var servers = (definition["servers"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];
        return servers.Prepend(definition).Select(place => place[Extension]).FirstOrDefault(NamesVpcEndpoints)
            is { } found ? Closes(api, found, context, Extension) : null;
    }

    /// <summary>Whether a configuration names VPC endpoints, so that its API must be private.</summary>
    public static bool NamesVpcEndpoints(YamlNode? configuration) =>
        (configuration as YamlMapping)?.Entries.Any(entry =>
            entry.Key.Value.Equals("VpcEndpointIds", StringComparison.OrdinalIgnoreCase)
            && entry.Value is not (YamlScalar { IsNull: true } or YamlSequence { Items.Count: 0 })) == true;

    private static IEnumerable<string> Types(YamlNode? node) => node switch
    {
        YamlScalar { IsNull: false } one => one.Value.Split(',', StringSplitOptions.TrimEntries),
        YamlSequence list => list.Items.SelectMany(Types),
        YamlMapping map => Types(map["Type"]).Concat(Types(map["Types"])),
        _ => [],
    };
}

using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// APIs that can be reached only from a VPC. They are closed, because no caller of ESB is in a VPC. Sources: AWS SAM
/// Developer Guide, "EndpointConfiguration"; CloudFormation, "AWS::ApiGateway::RestApi EndpointConfiguration".
/// </summary>
internal static class PrivateApis
{
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
        // An unknown type may be PRIVATE.
        if (Types(configuration).All(t => t.ToUpperInvariant() is "EDGE" or "REGIONAL"))
            return null;
        if (api is not null)
        {
            context.Receipt.Ignored(api, property, $"{Reason}; the routes are closed", configuration!);
            context.Diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{api}: the routes are closed: {Reason}",
                configuration,
                "leave the type out, and control access with an authorizer or a firewall");
        }

        return Reason;
    }

    private static IEnumerable<string> Types(YamlNode? node) => node switch
    {
        YamlScalar { IsNull: false } one => one.Value.Split(',', StringSplitOptions.TrimEntries),
        YamlSequence list => list.Items.SelectMany(Types),
        YamlMapping map => Types(map["Type"]).Concat(Types(map["Types"])),
        _ => [],
    };
}

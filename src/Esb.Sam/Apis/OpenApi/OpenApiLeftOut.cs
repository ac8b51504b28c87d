using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// API Gateway's own keys of a definition that do nothing here. Source: API Gateway Developer Guide, "OpenAPI extensions for API Gateway".
/// </summary>
internal sealed class OpenApiLeftOut(string subject, StackContext context)
{
    private const string Mark = "x-amazon-apigateway-";

    private const string NotKept = "answers are not kept";

    private static readonly HashSet<string> Read = new(StringComparer.Ordinal)
    {
        Mark + "binary-media-types", Mark + "cors", Mark + "policy", Mark + "integration", Mark + "auth", Mark + "authorizer", Mark + "authtype",
        // What an export writes for its reader.
        Mark + "importexport-version",
    };

    private static readonly Dictionary<string, string> OfIntegrations = new(StringComparer.Ordinal)
    {
        ["credentials"] = Reasons.Identity,
        ["cacheKeyParameters"] = NotKept,
        ["cacheNamespace"] = NotKept,
        ["tlsConfig"] = "certificates of servers are always checked",
        ["responseTransferMode"] = Reasons.WholeAnswers,
    };

    /// <summary>Those of the definition, or of an operation.</summary>
    /// <param name="mapping">What has them.</param>
    /// <param name="place">Before their names in the receipt.</param>
    public void Check(YamlMapping mapping, string place)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (!key.Value.StartsWith(Mark, StringComparison.OrdinalIgnoreCase) || Read.Contains(key.Value) || OpenApiPathItem.IsMethod(key.Value))
                continue;
            // A key stands in the header unless something else is said.
            if (key.Value != Mark + "api-key-source" || value is not YamlScalar { Value: "HEADER" })
                context.LeaveOut(subject, $"{place}{key.Value}", Why(key.Value[Mark.Length..]), key);
        }
    }

    /// <summary>Those of an integration.</summary>
    public void CheckIntegration(YamlMapping? integration, string route)
    {
        foreach (var (key, _) in integration?.Entries ?? [])
        {
            if (OfIntegrations.TryGetValue(key.Value, out var why))
                context.LeaveOut(subject, $"{route}.{key.Value}", why, key);
            else if (key.Value == "timeoutInMillis" && ResourceSet.Text(integration!["type"])?.StartsWith("aws", StringComparison.OrdinalIgnoreCase) == true)
                context.LeaveOut(subject, $"{route}.{key.Value}", Reasons.OwnTimeout, key);
        }
    }

    private static string Why(string key) => key switch
    {
        "request-validators" or "request-validator" or "gateway-responses" or "minimum-compression-size" => Reasons.Checking,
        "api-key-source" => "a key is looked for in the header",
        "endpoint-configuration" or "documentation" or "tag-value" => Reasons.Managed,
        _ => "this version knows no such key",
    };
}

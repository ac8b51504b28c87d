using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// What becomes of each key of a definition: read, without effect on AWS too, or left out with a line of the receipt. Sources: OpenAPI 2.0 and
/// 3.1; API Gateway Developer Guide, "OpenAPI extensions for API Gateway".
/// </summary>
internal sealed class OpenApiKeys
{
    private const string Security = "security";
    private const string KeySource = "x-amazon-apigateway-api-key-source";

    /// <summary>The top of a definition.</summary>
    public static readonly OpenApiKeys OfDefinition = new(
        "swagger openapi paths security securityDefinitions components x-amazon-apigateway-cors x-amazon-apigateway-binary-media-types x-amazon-apigateway-policy "
        + "info tags externalDocs host basePath schemes consumes produces definitions parameters responses servers webhooks jsonSchemaDialect $schema $id id");

    /// <summary>An operation: one method of a path.</summary>
    public static readonly OpenApiKeys OfOperation = new(
        "security x-amazon-apigateway-integration x-amazon-apigateway-auth tags summary description externalDocs operationId consumes produces parameters requestBody responses callbacks schemes deprecated servers");

    /// <summary>The integration of an operation. How it passes a body on that no template fits has no effect beside a proxy.</summary>
    public static readonly OpenApiKeys OfIntegration = new(
        "type uri httpMethod requestParameters requestTemplates responses connectionType timeoutInMillis payloadFormatVersion responseParameters passthroughBehavior $ref description");

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["x-amazon-apigateway-request-validators"] = Receipts.Reasons.Checking,
        ["x-amazon-apigateway-request-validator"] = Receipts.Reasons.Checking,
        ["x-amazon-apigateway-gateway-responses"] = "errors have API Gateway's own answers",
        [KeySource] = "keys are taken from the header x-api-key",
        ["contentHandling"] = Receipts.Reasons.Checking,
        ["credentials"] = Receipts.Reasons.Identity,
        ["connectionId"] = Receipts.Reasons.Network,
        ["integrationTarget"] = Receipts.Reasons.Network,
        ["tlsConfig"] = "certificates of servers are checked against the machine's own list and the name in the address",
        ["cacheKeyParameters"] = Receipts.Reasons.Managed,
        ["cacheNamespace"] = Receipts.Reasons.Managed,
        ["responseTransferMode"] = Receipts.Reasons.WholeAnswers,
        ["integrationSubtype"] = Receipts.Reasons.NotServed,
    };

    private const string Extension = "x-amazon-apigateway-";

    // What the rest of the name of an extension has in it that says who may call.
    private static readonly string[] Guards = ["auth", "polic", "secur"];

    private readonly HashSet<string> _known;

    private OpenApiKeys(string known) => _known = [.. known.Split(' ')];

    /// <summary>Whether a key is <c>security</c>, well or badly spelt.</summary>
    public static bool IsSecurity(string key) => EditDistance.IsNear(key, Security);

    // Or an extension that says who may call, in any place and spelling.
    private static bool IsGuard(string key)
    {
        if (!key.StartsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return IsSecurity(key);
        var rest = key[Extension.Length..].ToLowerInvariant();
        return EditDistance.IsNear(rest, "auth") || Guards.Any(g => rest.Contains(g, StringComparison.Ordinal));
    }

    /// <summary>Says what becomes of the keys of a mapping that nobody reads. A key that is only a note begins with <c>x-</c>.</summary>
    /// <param name="mapping">Of this level.</param>
    /// <param name="subject">The API, as the receipt calls it.</param>
    /// <param name="path">Before each key in the receipt; empty at the top.</param>
    /// <param name="context">Takes what is said.</param>
    public void Check(YamlMapping mapping, string subject, string path, StackContext context)
    {
        foreach (var (key, value) in mapping.Entries.Where(e => !_known.Contains(e.Key.Value)))
        {
            if (key.Value == KeySource && value is YamlScalar { Value: "HEADER" })
                continue;
            if (Reasons.TryGetValue(key.Value, out var reason) || key.Value.StartsWith("x-amazon-", StringComparison.OrdinalIgnoreCase))
                context.Receipt.Ignored(subject, path + key.Value, reason ?? Receipts.Reasons.Managed, key);
            else if (!key.Value.StartsWith("x-", StringComparison.Ordinal) && !IsSecurity(key.Value))
                Unknown(key, subject, path, context);
        }
    }

    /// <summary>Says where <c>security</c> is misspelt, or stands in a place where nobody reads it.</summary>
    /// <param name="mapping">The definition, one of its paths, or an operation.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="isRead">Whether it may have the key; a path may not.</param>
    /// <param name="diagnostics">Takes the errors.</param>
    /// <param name="read">The extension that is read in this place; null for none.</param>
    public static void CheckSecurity(YamlMapping mapping, string name, bool isRead, DiagnosticBag diagnostics, string? read = null)
    {
        foreach (var (key, _) in mapping.Entries)
        {
            if (!IsGuard(key.Value) || (isRead && key.Value == Security) || key.Value == read)
                continue;
            diagnostics.Error(DiagnosticCodes.UnknownKey, $"{name} has no key '{key.Value}'", key, isRead ? $"did you mean '{(IsSecurity(key.Value) ? Security : read)}'?" : "write 'security' in each of its operations, or at the top of the definition");
        }
    }

    private void Unknown(YamlScalar key, string subject, string path, StackContext context)
    {
        context.Diagnostics.Warning(DiagnosticCodes.UnknownKey, $"{subject}: unknown key '{path}{key.Value}' in its definition", key, NearMiss.Help(key.Value, _known));
        context.Receipt.Ignored(subject, path + key.Value, "OpenAPI has no such key", key);
    }
}

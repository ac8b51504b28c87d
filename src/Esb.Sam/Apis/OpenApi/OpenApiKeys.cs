using Esb.Sam.Receipts;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// How each key of a definition is treated: it is read, it has no effect on AWS either, or it is ignored with a line in
/// the receipt. Sources: OpenAPI 2.0 and 3.1; API Gateway Developer Guide, "OpenAPI extensions for API Gateway".
/// </summary>
internal sealed class OpenApiKeys
{
    /// <summary>The extension that says where the API takes API keys from.</summary>
    public const string KeySource = "x-amazon-apigateway-api-key-source";

    /// <summary>The top level of a definition.</summary>
    public static readonly OpenApiKeys OfDefinition = new(
        "swagger openapi paths security securityDefinitions components x-amazon-apigateway-cors "
            + "x-amazon-apigateway-binary-media-types x-amazon-apigateway-policy "
            + "x-amazon-apigateway-importexport-version "
        + "info tags externalDocs host basePath schemes consumes produces definitions parameters responses servers "
        + "webhooks jsonSchemaDialect $schema $id id");

    /// <summary>
    /// An operation, which is one method of a path. Exports of HTTP APIs mark the operation of <c>$default</c> with
    /// <c>isDefaultRoute</c>.
    /// </summary>
    public static readonly OpenApiKeys OfOperation = new(
        "security x-amazon-apigateway-integration x-amazon-apigateway-auth tags summary description externalDocs "
            + "operationId consumes produces parameters requestBody responses callbacks schemes deprecated servers "
            + "isDefaultRoute");

    /// <summary>The integration of an operation. Its <c>passthroughBehavior</c> has no effect for a proxy.</summary>
    public static readonly OpenApiKeys OfIntegration = new(
        "type uri httpMethod requestParameters requestTemplates responses connectionType timeoutInMillis "
            + "payloadFormatVersion responseParameters passthroughBehavior $ref description");

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["x-amazon-apigateway-request-validators"] = Receipts.Reasons.Checking,
        ["x-amazon-apigateway-request-validator"] = Receipts.Reasons.Checking,
        ["x-amazon-apigateway-gateway-responses"] = "errors have API Gateway's default responses",
        [GuardWords.TlsVersions] = "the gateway's own TLS settings apply",
        [KeySource] = Receipts.Reasons.KeySource,
        ["contentHandling"] = Receipts.Reasons.Checking,
        ["credentials"] = Receipts.Reasons.Identity,
        ["connectionId"] = Receipts.Reasons.Network,
        ["integrationTarget"] = Receipts.Reasons.Network,
        ["tlsConfig"] =
            "certificates of servers are checked against the machine's trusted authorities and the name in the address",
        ["cacheKeyParameters"] = Receipts.Reasons.Managed,
        ["cacheNamespace"] = Receipts.Reasons.Managed,
        ["responseTransferMode"] = Receipts.Reasons.WholeAnswers,
        ["integrationSubtype"] = Receipts.Reasons.NotServed,
    };

    private readonly HashSet<string> _known;

    /// <summary>The keys of one level.</summary>
    /// <param name="known">The keys that are read or have no effect on AWS either, separated by blanks.</param>
    public OpenApiKeys(string known) => _known = [.. known.Split(' ')];

    /// <summary>
    /// Reports the keys of a mapping that are not read, except those for access control, which
    /// <see cref="DefinitionWalk"/> reports. Keys that are only notes, which begin with <c>x-</c>, are not reported
    /// either.
    /// </summary>
    /// <param name="mapping">A mapping of this level.</param>
    /// <param name="subject">The name of the API in the receipt.</param>
    /// <param name="path">The prefix of each key in the receipt; empty at the top level.</param>
    /// <param name="context">Receives lines and warnings.</param>
    public void Check(YamlMapping mapping, string subject, string path, StackContext context)
    {
        foreach (var (key, value) in mapping.Entries.Where(e => !_known.Contains(e.Key.Value)))
        {
            if (key.Value == KeySource && value is YamlScalar { Value: "HEADER" })
                continue;
            if (key.Value == PrivateApis.Extension && PrivateApis.NamesVpcEndpoints(value))
                continue; // The API is closed, with a line of its own.
            if (Reasons.TryGetValue(key.Value, out var reason)
                || (GuardWords.IsOfAws(key.Value) && !GuardWords.IsGuard(key.Value)))
                context.Receipt.Ignored(subject, path + key.Value, reason ?? Receipts.Reasons.Managed, key);
            else if (!GuardWords.IsNote(key.Value) && !GuardWords.IsGuard(key.Value))
                Unknown(key, subject, path, context);
        }
    }

    private void Unknown(YamlScalar key, string subject, string path, StackContext context)
    {
        context.Diagnostics.Warning(
            DiagnosticCodes.UnknownKey,
            $"{subject}: unknown key '{path}{key.Value}' in its definition",
            key,
            NearMiss.Help(key.Value, _known));
        context.Receipt.Ignored(subject, path + key.Value, "OpenAPI has no such key", key);
    }
}

using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// Checks the kinds of values in a definition, because API Gateway refuses to import one with a value of the wrong
/// kind. Sources: API Gateway Developer Guide, "x-amazon-apigateway-integration object",
/// "x-amazon-apigateway-integration.responses object", "x-amazon-apigateway-cors object".
/// </summary>
/// <param name="subject">The API.</param>
/// <param name="context">Receives errors and lines.</param>
internal sealed class DefinitionKinds(string subject, StackContext context)
{
    private static readonly OpenApiKeys OfResponse = new("statusCode responseParameters responseTemplates description");

    // Names for HTTP APIs differ from those for REST APIs.
    private static readonly OpenApiKeys OfCors = new(
        "allowOrigins allowMethods allowHeaders exposeHeaders maxAge allowCredentials AllowOrigins AllowMethods "
            + "AllowHeaders ExposeHeaders MaxAge AllowCredentials");

    private static readonly (string Key, ValueRule Rule)[] Integration =
    [
        ("type", Text), ("uri", Text), ("httpMethod", Text), ("connectionType", Text), ("timeoutInMillis", Text),
        ("payloadFormatVersion", Text), ("passthroughBehavior", Text), ("requestParameters", Mapping),
        ("requestTemplates", Mapping), ("responses", Mapping), ("responseParameters", Mapping),
    ];

    private static readonly (string Key, ValueRule Rule)[] Response =
        [("statusCode", Text), ("responseParameters", Mapping), ("responseTemplates", Mapping)];

    /// <summary>Checks the top level of a definition.</summary>
    public void CheckDefinition(YamlMapping definition)
    {
        var reader = new MappingReader(definition, $"{subject}: its definition", context.Diagnostics);
        reader.TextList("x-amazon-apigateway-binary-media-types");
        reader.Nested("components");
        if (reader.Nested("x-amazon-apigateway-cors") is { } cors)
            OfCors.Check(cors.Mapping, subject, "x-amazon-apigateway-cors.", context);
    }

    /// <summary>Checks an integration.</summary>
    /// <param name="integration">The integration as written.</param>
    /// <param name="route">The name of the operation in messages.</param>
    public void CheckIntegration(YamlMapping integration, string route)
    {
        var reader = new MappingReader(integration, $"{subject}: the integration of '{route}'", context.Diagnostics);
        Check(reader, Integration);
        foreach (var (name, node) in (integration["responses"] as YamlMapping)?.Entries ?? [])
        {
            if (node is YamlMapping response)
            {
                Check(
                    new MappingReader(response, $"{reader.Subject}, response '{name.Value}'", context.Diagnostics),
                    Response);
                OfResponse.Check(response, subject, $"{route}.responses.{name.Value}.", context);
            }
            else if (node is not YamlScalar { IsNull: true })
                context.Diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{reader.Subject}: the response '{name.Value}' must be a mapping, but is {node.Kind}",
                    node);
        }
    }

    private void Check(MappingReader reader, (string Key, ValueRule Rule)[] rules)
    {
        foreach (var (key, rule) in rules)
            rule.Check(reader, key, new RuleScope(subject, key, context.Receipt, context.Diagnostics));
    }
}

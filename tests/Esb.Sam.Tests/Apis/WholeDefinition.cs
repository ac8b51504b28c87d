using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>A definition with every part of OpenAPI and API Gateway, and means to change each of its nodes.</summary>
internal static class WholeDefinition
{
    private const string Uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
        + "arn:aws:lambda:us-east-1:1:function:F/invocations";

    private const string Authorizer = "{ type: request, authorizerUri: '"
        + Uri
        + "', identitySource: method.request.header.A, authorizerResultTtlInSeconds: 5 }";

    private const string Schema = "{ type: object, required: [a], properties: { a: { type: array, items: { "
        + "type: string } }, security: { type: string } } }";

    private const string Integration =
        "{ type: aws_proxy, uri: '" + Uri + "', httpMethod: POST, passthroughBehavior: when_no_match, "
            + "requestParameters: { integration.request.header.authorization: \"'a'\" }, requestTemplates: "
            + "{ application/json: a }, responses: { default: { statusCode: '200', responseParameters: "
            + "{ method.response.header.A: \"'a'\" }, responseTemplates: { application/json: a } } } }";

    private const string Operation =
        "{ SECURITY operationId: a, tags: [t], parameters: [{ name: security, in: query, schema: " + Schema
            + " }], responses: { '200': { description: a, headers: { x-amz-security-token: { schema: { type: string } "
            + "} }, content: { application/json: { schema: " + Schema + ", example: { security: [null] } } } } }, "
        + "callbacks: { c: { '{$request.body#/url}': { post: { responses: { '200': { description: a } } } } } }, "
        + "x-amazon-apigateway-integration: " + Integration + " }";

    private const string Info = "{ title: a, version: '1', contact: { name: a }, license: { name: a } }";

    /// <summary>The definition in OpenAPI 3; by default, its operations require nothing.</summary>
    public static YamlMapping OpenApi(string security = "") => Read($$"""
        openapi: 3.0.1
        info: {{Info}}
        servers: [{ url: 'https://{v}.example.com', variables: { v: { default: a } } }]
        tags: [{ name: t, description: a, externalDocs: { url: a } }]
        x-amazon-apigateway-cors: { allowOrigins: ['https://example.com'] }
        x-amazon-apigateway-binary-media-types: [image/png]
        x-note: { security: 1 }
        paths:
          /a: { summary: a, parameters: [{ name: b, in: query, schema: { type: string } }], get: {{Operation}} }
          /b: { x-amazon-apigateway-any-method: {{Operation}} }
          /c: { $ref: '#/components/pathItems/c' }
        components:
          schemas: { Security: {{Schema}} }
          pathItems: { c: { post: {{Operation}} } }
          responses: { Gone: { description: a } }
          parameters: { P: { name: p, in: query, schema: { type: string } } }
          securitySchemes:
            L: { type: apiKey, name: A, in: header, x-amazon-apigateway-authtype: custom,
                x-amazon-apigateway-authorizer: {{Authorizer}} }
            O: { type: oauth2, flows: { implicit: { authorizationUrl: 'https://id', scopes: { security: a } } } }
        """, security);

    /// <summary>The definition in Swagger 2.</summary>
    public static YamlMapping Swagger(string security = "") => Read($$"""
        swagger: '2.0'
        info: {{Info}}
        host: h
        schemes: [https]
        definitions: { Security: {{Schema}} }
        x-amazon-apigateway-documentation: { version: '1', documentationParts: [{ security: null }] }
        securityDefinitions:
          L: { type: apiKey, name: A, in: header, x-amazon-apigateway-authtype: custom,
              x-amazon-apigateway-authorizer: {{Authorizer}} }
        paths:
          /a: { get: {{Operation}} }
        """, security);

    /// <summary>Every mapping and list with its path from the top.</summary>
    public static IEnumerable<(string Way, YamlNode Node)> Nodes(YamlNode node, string way = "") => node switch
    {
        YamlMapping mapping =>
            mapping.Entries.SelectMany(e => Nodes(e.Value, $"{way} > {e.Key.Value}")).Prepend((way, node)),
        YamlSequence list => list.Items.SelectMany((item, i) => Nodes(item, $"{way} > {i}")).Prepend((way, node)),
        _ => [(way, node)],
    };

    /// <summary>The definition with one node replaced.</summary>
    public static YamlNode With(YamlNode whole, YamlNode old, YamlNode instead) => ReferenceEquals(whole, old)
        ? instead
        : whole switch
        {
            YamlMapping mapping =>
                new YamlMapping([.. mapping.Entries.Select(e => e with { Value = With(e.Value, old, instead) })]),
            YamlSequence list => new YamlSequence([.. list.Items.Select(i => With(i, old, instead))]),
            _ => whole,
        };

    /// <summary>A template with an API that has the definition.</summary>
    public static string Template(YamlNode definition, string type, string property) =>
        YamlTextWriter.Write(YamlMapping.Of(
            ("Resources", YamlMapping.Of(
                ("F", Node("{ Type: AWS::Serverless::Function, Properties: { " + Templates.Code + " } }")),
                ("A", YamlMapping.Of(("Type", YamlScalar.Text(type)), ("Properties", YamlMapping.Of(
                    (property, definition), ("StageName", property == "Body" ? null : YamlScalar.Text("v1"))))))))));

    public static YamlNode Node(string text) => YamlReader.Read(text, "n.yaml", new DiagnosticBag())!;

    private static YamlMapping Read(string text, string security) => (YamlMapping)Node(text.Replace(
        "SECURITY", security.Length == 0 ? "" : security + ",", StringComparison.Ordinal));
}

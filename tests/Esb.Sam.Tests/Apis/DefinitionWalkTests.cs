using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Guards and nulls at every node of a definition: read, an error, or a line of the receipt, and never a route that is
/// silently open.
/// </summary>
internal sealed class DefinitionWalkTests
{
    private static readonly (string Key, string Value)[] Guards =
    [
        ("security", "[{ L: [] }]"), ("Security", "[{ L: [] }]"), ("securtiy", "[{ L: [] }]"),
        ("x-amazon-apigateway-auth", "{ type: AWS_IAM }"), ("x-amazon-apigateway-Auth", "{ type: AWS_IAM }"),
        ("x-amazon-apigateway-auht", "{ type: AWS_IAM }"), ("x-amazon-apigateway-policy", "{ Statement: [] }"),
        ("x-amzon-apigateway-auth", "{ type: AWS_IAM }"), ("x-amazonapigateway-auth", "{ type: AWS_IAM }"),
        ("x-x-amazon-apigateway-auth", "{ type: AWS_IAM }"), ("x-maazon-apigateway-policy", "{ Statement: [] }"),
        ("X-Amazon-Apigateway-Policy", "{ Statement: [] }"), ("x-amazon-apigateway-polcy", "{ Statement: [] }"),
        ("x-amazon-apigateway-authorizer", "{ type: token }"), ("x-amazon-apigateway-authtype", "awsSigv4"),
        ("securitySchemes", "{ K: { type: apiKey, name: x-api-key, in: header } }"),
        ("securityDefinitions", "{ K: { type: apiKey, name: x-api-key, in: header } }"),
        ("Auth", "{ DefaultAuthorizer: L }"), ("authorizer", "L"), ("x-security", "[{ L: [] }]"), ("x-authorizer", "L"),
    ];

    // Documentation, or arbitrary values.
    private static readonly string[] NotLookedAt = ["> example", "> x-note", "> x-amazon-apigateway-documentation"];

    // Their keys are names that the author chose.
    private static readonly string[] Named =
    [
        "> requestParameters", "> requestTemplates", "> responseParameters", "> responseTemplates", "> headers",
        "> variables", "> responses", "> content", "> properties", "> schemas", "> definitions", "> parameters",
        "> pathItems", "> securitySchemes", "> securityDefinitions", "> scopes", "> paths",
    ];

    public static IEnumerable<Func<(string Type, string Property, bool IsOpenApi)>> Kinds() =>
        Apis().Where(a => a() is not ("AWS::Serverless::Api" or "AWS::ApiGatewayV2::Api", _, _));

    public static IEnumerable<Func<(string Type, string Property, bool IsOpenApi)>> Apis() =>
        from api in new (string, string, bool)[]
        {
            ("AWS::Serverless::Api", "DefinitionBody", false), (
                "AWS::Serverless::Api", "DefinitionBody", true), ("AWS::Serverless::HttpApi", "DefinitionBody", true),
            ("AWS::ApiGateway::RestApi", "Body", false), (
                "AWS::ApiGateway::RestApi", "Body", true), ("AWS::ApiGatewayV2::Api", "Body", true),
        }
        select (Func<(string, string, bool)>)(() => api);

    [Test]
    [MethodDataSource(nameof(Apis))]
    public async Task A_complete_definition_is_valid(string type, string property, bool isOpenApi) =>
        await Assert.That(string.Join('\n', Templates.Messages(WholeDefinition.Template(
            Open(isOpenApi), type, property)).Where(m => m.Contains("error", StringComparison.Ordinal)))).IsEqualTo("");

    [Test]
    [MethodDataSource(nameof(Kinds))]
    public async Task A_guard_in_any_place_is_read_or_an_error_or_a_line_if_it_guards_nothing(
        string type,
        string property,
        bool isOpenApi)
    {
        var whole = Open(isOpenApi);
        foreach (var (way, node) in WholeDefinition.Nodes(whole)
            .Where(n => n.Node is YamlMapping && !NotLookedAt.Any(n.Way.Contains)))
        {
            foreach (var (key, value) in Guards)
            {
                var isName = Named.Any(n => way.EndsWith(n, StringComparison.Ordinal))
                    && !key.Contains("apigateway", StringComparison.OrdinalIgnoreCase)
                    && !value.StartsWith('[');
                var isOfAuthorizer = way.EndsWith("> x-amazon-apigateway-authorizer", StringComparison.Ordinal);
                var changed = WholeDefinition.With(
                    whole, node, ((YamlMapping)node).With(key, WholeDefinition.Node(value)));
                if (isName || isOfAuthorizer || Defines(way, key))
                    continue;
                var text = WholeDefinition.Template(changed, type, property);
                await Assert.That(IsError(text) || IsGuarded(text, way, type) || IsLine(text, way, key)).IsTrue()
                    .Because($"{key} at '{way}'");
            }
        }
    }

    [Test]
    [MethodDataSource(nameof(Kinds))]
    public async Task A_null_at_any_place_is_an_error_or_a_line_and_opens_nothing(
        string type,
        string property,
        bool isOpenApi)
    {
        const string Security = "security: [{ L: [] }]";
        var whole = isOpenApi ? WholeDefinition.OpenApi(Security) : WholeDefinition.Swagger(Security);
        foreach (var (way, node) in WholeDefinition.Nodes(whole).Where(n => n.Way.Length > 0
            && !n.Way.Contains("> example", StringComparison.Ordinal)
            && !n.Way.Contains("> x-note", StringComparison.Ordinal)
            && !n.Way.Contains("documentation", StringComparison.Ordinal)
            && !n.Way.EndsWith("> default", StringComparison.Ordinal)))
        {
            var text = WholeDefinition.Template(
                WholeDefinition.With(whole, node, new YamlScalar("null", plain: true)), type, property);
            if (IsError(text))
                continue;
            var template = Templates.Read(text);
            await Assert.That(template.Routes.All(r => r.Authorizer is not null)).IsTrue().Because($"null at '{way}'");
            await Assert.That(template.Receipt.Any(l => l.Outcome == Outcome.Ignored
                && l.Reason == "CloudFormation accepts no null values")).IsTrue().Because($"null at '{way}'");
        }
    }

    [Test]
    [Arguments("security: null", "'security' of its definition is null")]
    [Arguments("paths: null", "'paths' of its definition must be a mapping, but is nothing")]
    [Arguments(
        "components: { securitySchemes: { L: null } }", "'components.securitySchemes.L' of its definition is null")]
    [Arguments("x-amazon-apigateway-policy: ", "'x-amazon-apigateway-policy' of its definition is null")]
    public async Task A_null_where_a_guard_belongs_is_named_with_its_place(string key, string message)
    {
        using var project = new Project(
            ("api.yaml", $"openapi: 3.0.1\n{key}\n"),
            ("template.yaml",
                "Resources: { A: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionUri: api.yaml } } }\n"),
            ("included.yaml", "Resources: { A: { Type: AWS::ApiGateway::RestApi, Properties: { "
                + "Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: api.yaml } } } } } }\n"));
        foreach (var template in new[] { "template.yaml", "included.yaml" })
            await Assert.That(string.Join('\n', project.Messages(template))).Contains($"api.yaml:2:")
                .And.Contains($"error: A: {message}");
    }

    [Test]
    [Arguments("AWS::Serverless::Api", "StageName: v1, DefinitionBody: null", "DefinitionBody")]
    [Arguments("AWS::Serverless::Api", "StageName: v1, DefinitionUri: null", "DefinitionUri")]
    [Arguments("AWS::Serverless::HttpApi", "DefinitionBody: null", "DefinitionBody")]
    [Arguments("AWS::ApiGateway::RestApi", "Name: a, Body: null", "Body")]
    [Arguments("AWS::ApiGatewayV2::Api", "Body: ~", "Body")]
    public async Task A_null_for_a_whole_definition_is_an_error(string type, string properties, string property) =>
        await Assert.That(string.Join(
            '\n', Templates.Messages($"Resources: {{ A: {{ Type: {type}, Properties: {{ {properties} }} }} }}")))
            .Contains($"error: A: '{property}' is null");

    private static YamlMapping Open(bool isOpenApi) =>
        isOpenApi ? WholeDefinition.OpenApi() : WholeDefinition.Swagger();

    // An unused scheme guards nothing.
    private static bool Defines(string way, string key) =>
        (way.Length == 0 && key == "securityDefinitions") || (way == " > components" && key == "securitySchemes")
        || (key is "x-amazon-apigateway-authtype" or "x-amazon-apigateway-authorizer"
            && (way.EndsWith("> L", StringComparison.Ordinal) || way.EndsWith("> O", StringComparison.Ordinal)));

    private static bool IsError(string text) =>
        Templates.Messages(text).Exists(m => m.Contains("error: ", StringComparison.Ordinal));

    // The route of an operation; for the top level, all routes. A guard that closes an API closes all its routes.
    private static bool IsGuarded(string text, string way, string type)
    {
        var routes = Templates.Read(text).Routes;
        var guarded = routes.Where(r => r.Authorizer is not null).ToList();
        return way.Length == 0 ? guarded.Count == routes.Count && type.Length > 0 : guarded.Count > 0;
    }

    // A note for other tools, or a place where nothing is served.
    private static bool IsLine(string text, string way, string key) =>
        (key is "x-security" or "x-authorizer"
            || way.Contains("> schema", StringComparison.Ordinal)
            || way.Contains("> definitions", StringComparison.Ordinal)
            || way.Contains("> callbacks", StringComparison.Ordinal))
        && Templates.Read(text)
            .Receipt.Any(l => l.Outcome == Outcome.Ignored && l.Property.EndsWith(key, StringComparison.Ordinal));
}

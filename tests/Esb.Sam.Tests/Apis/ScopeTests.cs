using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// The scopes that a route requires, if its authorizer has the scope <c>s</c>. The expected values were made with
/// aws-sam-translator 1.110.0; two requirements of one authorizer are put together.
/// </summary>
internal sealed class ScopeTests
{
    private const string Named = "{ Authorizer: J }";
    private const string WithNone = "{ Authorizer: J, AuthorizationScopes: [] }";
    private const string WithOwn = "{ Authorizer: J, AuthorizationScopes: [e] }";

    [Test]
    [Arguments("", "[{ J: [] }]", "")]
    [Arguments("", "[{ J: [t] }]", "t")]
    [Arguments("J", "[{ J: [] }]", "")]
    [Arguments("J", "[{ J: [t] }]", "t")]
    [Arguments("J", "-", "s")]
    [Arguments("J", "[]", "s")]
    [Arguments("", "-", "open")]
    public async Task An_operation_requires_the_scopes_of_its_definition(
        string defaultName,
        string security,
        string expected)
    {
        foreach (var kind in new[] { "Api", "HttpApi" })
            await Assert.That(Of(kind, defaultName, security, "-")).IsEqualTo(expected).Because(kind);
    }

    [Test]
    [Arguments("Api", "-", Named, "s")]
    [Arguments("Api", "-", WithNone, "")]
    [Arguments("Api", "-", WithOwn, "e")]
    [Arguments("Api", "[{ J: [] }]", Named, "s")]
    [Arguments("Api", "[{ J: [] }]", WithNone, "")]
    [Arguments("Api", "[{ J: [t] }]", Named, "s")]
    [Arguments("Api", "[{ J: [t] }]", WithNone, "")]
    [Arguments("Api", "[{ J: [t] }]", WithOwn, "e")]
    [Arguments("Api", "[{ J: [t] }]", "{ AuthorizationScopes: [] }", "t")]
    [Arguments("HttpApi", "-", Named, "s")]
    [Arguments("HttpApi", "-", WithNone, "s")]
    [Arguments("HttpApi", "-", WithOwn, "e")]
    [Arguments("HttpApi", "[{ J: [] }]", Named, "s")]
    [Arguments("HttpApi", "[{ J: [] }]", WithOwn, "e")]
    [Arguments("HttpApi", "[{ J: [t] }]", Named, "t s")]
    [Arguments("HttpApi", "[{ J: [t] }]", WithOwn, "t e")]
    public async Task An_event_of_an_API_with_a_definition_requires_the_scopes_of_its_authorizer(
        string kind,
        string security,
        string auth,
        string expected)
    {
        foreach (var defaultName in new[] { "", "J" })
            await Assert.That(Of(kind, defaultName, security, auth)).IsEqualTo(expected).Because($"'{defaultName}'");
    }

    [Test]
    [Arguments("Api", "", Named, "s")]
    [Arguments("Api", "", WithNone, "")]
    [Arguments("Api", "", WithOwn, "e")]
    [Arguments("Api", "J", "-", "s")]
    [Arguments("Api", "J", WithNone, "")]
    [Arguments("Api", "J", "{ AuthorizationScopes: [] }", "s")]
    [Arguments("HttpApi", "", Named, "s")]
    [Arguments("HttpApi", "J", WithNone, "s")]
    [Arguments("HttpApi", "J", "{ AuthorizationScopes: [] }", "s")]
    [Arguments("HttpApi", "J", "{ AuthorizationScopes: [e] }", "e")]
    public async Task An_event_of_an_API_without_a_definition_requires_the_scopes_of_its_authorizer_too(
        string kind,
        string defaultName,
        string auth,
        string expected) =>
        await Assert.That(Of(kind, defaultName, "no definition", auth)).IsEqualTo(expected);

    private static string Of(string kind, string defaultName, string security, string auth)
    {
        var authorizer = kind == "Api"
            ? "UserPoolArn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc'"
            : "IdentitySource: $request.header.X, JwtConfiguration: { issuer: 'https://i', audience: [a] }";
        var definition = $"DefinitionBody: {{ {(kind == "Api" ? "swagger: '2.0'" : "openapi: '3.0.1'")}, info: "
            + "{ title: a, version: '1' }, paths: { /x: { get: { "
            + (security == "-" ? "" : $"security: {security}, ")
            + "x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, payloadFormatVersion: '2.0', uri: "
            + "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' "
            + "} } } } }, ";
        var text = $$"""
            Resources:
              A:
                Type: AWS::Serverless::{{kind}}
                Properties:
                  { StageName: v, {{(security == "no definition" ? "" : definition)}}
                    {{(kind == "Api" && auth != "-" && security != "no definition" ? "MergeDefinitions: true," : "")}}
                    Auth: { {{(defaultName.Length == 0 ? "" : $"DefaultAuthorizer: {defaultName},")}}
                      Authorizers: { J: { {{authorizer}}, AuthorizationScopes: [s] } } } }
              F:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: src
                  Handler: app.handler
                  Runtime: python3.12
                  Events: { {{(security != "no definition" && auth == "-" ? "" : $"E: {{ Type: {kind}, Properties: {{ "
                      + $"{(kind == "Api" ? "RestApiId" : "ApiId")}: !Ref A, Path: /x, Method: get"
                      + $"{(auth == "-" ? "" : $", Auth: {auth}")} }} }}")}} }
            """;
        var guard = Templates.Read(text).Routes.Single().Authorizer;
        return guard is null ? "open" : string.Join(' ', (guard["scopes"] as YamlSequence)?.Items ?? []);
    }
}

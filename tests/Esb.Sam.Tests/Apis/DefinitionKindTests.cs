using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>Parts of a definition that are misspelt, or of the wrong kind.</summary>
internal sealed class DefinitionKindTests
{
    [Test]
    [Arguments(
        "responses: { default: { statusCode: 200, responseParameter: { method.response.header.A: \"'a'\" } } }",
        "GET /a.responses.default.responseParameter")]
    [Arguments(
        "responses: { default: { statusCode: 200, responseTemplate: { application/json: lost } } }",
        "GET /a.responses.default.responseTemplate")]
    [Arguments(
        "responses: { default: { statusCode: 200, contentHandling: CONVERT_TO_TEXT } }",
        "GET /a.responses.default.contentHandling")]
    public async Task A_part_of_a_response_that_is_not_read_is_a_line(string responses, string line) =>
        await Assert.That(Templates.Read(Mock(responses)).Receipt.Single(l => l.Outcome == Outcome.Ignored).Property)
            .IsEqualTo(line);

    [Test]
    [Arguments("responses: { default: 200 }", "the response 'default' must be a mapping, but is text")]
    [Arguments("responses: [200]", "'responses' must be a mapping, but is a list")]
    [Arguments("responses: { default: { statusCode: { a: b } } }", "'statusCode' must be text, but is a mapping")]
    [Arguments(
        "responses: { default: { statusCode: 200, responseParameters: text } }",
        "'responseParameters' must be a mapping, but is text")]
    [Arguments("responses: {}, type: { a: b }", "'type' must be text, but is a mapping")]
    [Arguments("responses: {}, type: [mock]", "'type' must be text, but is a list")]
    [Arguments("responses: {}, httpMethod: { a: b }", "'httpMethod' must be text, but is a mapping")]
    [Arguments("responses: {}, uri: [a]", "'uri' must be text, but is a list")]
    public async Task A_part_of_an_integration_of_the_wrong_kind_is_an_error(string parts, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(Mock(parts))))
            .Contains("error: A: the integration of 'GET /a'")
            .And.Contains(message);

    [Test]
    public async Task An_integration_whose_type_is_null_closes_its_route_with_a_line()
    {
        var template = Templates.Read(Mock("type: null"));
        await Assert.That(template.Routes.Single().Authorizer!["type"]!.ToString()).IsEqualTo("unsupported");
        await Assert.That(template.Receipt).Contains(l => l.Outcome == Outcome.Ignored && l.Property == "GET /a.type");
    }

    [Test]
    [Arguments("-1")]
    [Arguments("60s")]
    [Arguments("zz")]
    [Arguments("''")]
    [Arguments("3601")]
    [Arguments("1.5")]
    public async Task A_time_to_live_that_is_not_a_number_of_seconds_is_an_error(string ttl)
    {
        foreach (var type in new[] { "token", "request", "cognito_user_pools" })
        {
            var text = $"Resources: {{ A: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Body: {{ swagger: '2.0', "
                + $"paths: {{}}, securityDefinitions: {{ L: {{ type: apiKey, name: A, in: header, "
                + $"x-amazon-apigateway-authorizer: {{ type: {type}, "
                + $"authorizerResultTtlInSeconds: {ttl} }} }} }} }} }} }} }}";
            await Assert.That(string.Join('\n', Templates.Messages(text)))
                .Contains("error: A, L: 'authorizerResultTtlInSeconds' is '");
        }
    }

    [Test]
    [Arguments(
        "x-amazon-apigateway-binary-media-types: { a: b }",
        "error: A: its definition: 'x-amazon-apigateway-binary-media-types' must be a list, but is a mapping")]
    [Arguments(
        "x-amazon-apigateway-cors: yes",
        "error: A: its definition: 'x-amazon-apigateway-cors' must be a mapping, but is text")]
    [Arguments("components: [a]", "error: A: its definition: 'components' must be a mapping, but is a list")]
    [Arguments(
        "x-amazon-apigateway-cors: { allowOrigin: ['*'] }",
        "warning: A: unknown key 'x-amazon-apigateway-cors.allowOrigin' in its definition")]
    public async Task Values_at_the_top_of_a_definition_are_checked_too(string key, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages($"Resources: {{ A: {{ Type: AWS::ApiGatewayV2::Api, "
            + $"Properties: {{ Body: {{ openapi: 3.0.1, paths: {{}}, {key} }} }} }} }}"))).Contains(message);

    [Test]
    public async Task An_invalid_method_closes_the_route_to_another_server()
    {
        var text = "Resources: { A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { swagger: '2.0', "
            + "paths: { /a: { get: { x-amazon-apigateway-integration: { type: http_proxy, uri: 'https://example.com', "
            + "httpMethod: GETT } } } } } } } }";
        await Assert.That(Templates.Read(text).Routes.Single().Authorizer!["reason"]!.ToString())
            .IsEqualTo("the method of its integration is 'GETT', which is not an HTTP method");
    }

    private static string Mock(string parts)
    {
        var type = parts.Contains("type:", StringComparison.Ordinal) ? "" : "type: mock, ";
        return $$"""
            Resources: { A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { swagger: '2.0', paths: {
              /a: { get: { x-amazon-apigateway-integration: {
                {{type}}requestTemplates: { application/json: '{"statusCode": 200}' }, {{parts}} } } } } } } } }
            """;
    }
}

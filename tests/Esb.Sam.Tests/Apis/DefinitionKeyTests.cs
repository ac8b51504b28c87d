using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>Each key of a definition is read, has no effect on AWS either, or is a line of the receipt.</summary>
internal sealed class DefinitionKeyTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    [Test]
    [Arguments("x-amazon-apigateway-api-key-source: AUTHORIZER,", "", "", "x-amazon-apigateway-api-key-source")]
    [Arguments("x-amazon-apigateway-api-key-source: HEADER,", "", "", null)]
    [Arguments(
        "x-amazon-apigateway-request-validators: { all: { "
            + "validateRequestBody: true } },", "", "", "x-amazon-apigateway-request-validators")]
    [Arguments("x-amazon-apigateway-request-validator: all,", "", "", "x-amazon-apigateway-request-validator")]
    [Arguments(
        "x-amazon-apigateway-gateway-responses: { ACCESS_DENIED: { "
            + "statusCode: 401 } },", "", "", "x-amazon-apigateway-gateway-responses")]
    [Arguments(
        "x-amazon-apigateway-minimum-compression-size: 5,", "", "", "x-amazon-apigateway-minimum-compression-size")]
    [Arguments("x-amazon-apigateway-endpoint-configuration: {},", "", "", "x-amazon-apigateway-endpoint-configuration")]
    [Arguments("x-amazon-apigateway-of-tomorrow: 5,", "", "", "x-amazon-apigateway-of-tomorrow")]
    [Arguments("pahts: {},", "", "", "pahts")]
    [Arguments("info: { title: a }, host: h, x-note: a,", "", "", null)]
    [Arguments("", "x-amazon-apigateway-request-validator: all,", "", "GET /a.x-amazon-apigateway-request-validator")]
    [Arguments("", "parametres: [],", "", "GET /a.parametres")]
    [Arguments("", "operationId: a, parameters: [], requestBody: {}, deprecated: true, x-note: 1,", "", null)]
    [Arguments("x-amazon-apigateway-importexport-version: '1.0',", "isDefaultRoute: true,", "", null)]
    [Arguments("x-amazon-apigateway-security-policy: TLS_1_2,", "", "", "x-amazon-apigateway-security-policy")]
    [Arguments("", "", ", credentials: a", "GET /a.credentials")]
    [Arguments("", "", ", tlsConfig: { insecureSkipVerification: true }", "GET /a.tlsConfig")]
    [Arguments("", "", ", contentHandling: CONVERT_TO_TEXT", "GET /a.contentHandling")]
    [Arguments("", "", ", cacheNamespace: a", "GET /a.cacheNamespace")]
    [Arguments("", "", ", timeoutInMillis: 60", "GET /a.timeoutInMillis")]
    [Arguments("", "", ", requestParameters: { integration.request.header.x: \"'a'\" }", "GET /a.requestParameters")]
    [Arguments("", "", ", tymeout: 1", "GET /a.tymeout")]
    [Arguments("", "", ", passthroughBehavior: when_no_match", null)]
    public async Task A_key_that_is_not_read_is_a_line(string top, string operation, string integration, string? line)
    {
        var text = $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: {
                  swagger: '2.0', {{top}} paths: { /a: { get: { {{operation}} x-amazon-apigateway-integration: {
                  type: aws_proxy, httpMethod: POST, uri: {{Uri}} {{integration}} } } } } } } }
            """;
        var ignored = Templates.Read(text).Receipt.Where(l => l.Outcome == Outcome.Ignored).Select(l => l.Property);
        await Assert.That(string.Join(' ', ignored)).IsEqualTo(line ?? "");
    }

    [Test]
    [Arguments(
        "", "x-amazon-apigateway-auth: { type: AWS_IAM },", "", "", "path '/a' has no key 'x-amazon-apigateway-auth'")]
    [Arguments("", "x-amazon-apigateway-policy: { Statement: [] },", "", "", "path '/a' has no key "
        + "'x-amazon-apigateway-policy'")]
    [Arguments("", "", "x-amazon-apigateway-policy: { Statement: [] },", "", "'GET /a' has no key "
        + "'x-amazon-apigateway-policy'")]
    [Arguments(
        "", "", "x-amazon-apigateway-authorization: a,", "", "'GET /a' has no key 'x-amazon-apigateway-authorization'")]
    [Arguments(
        "", "", "x-amazon-apigateway-Auth: { type: AWS_IAM },", "", "'GET /a' has no key 'x-amazon-apigateway-Auth'")]
    [Arguments("", "", "", ", security: [{ a: [] }]", "the integration of 'GET /a' has no key 'security'")]
    [Arguments(
        "x-amazon-apigateway-auth: { "
            + "type: AWS_IAM },", "", "", "", "its definition has no key 'x-amazon-apigateway-auth'")]
    public async Task A_guard_in_a_place_where_it_is_not_read_is_an_error(
        string top,
        string path,
        string operation,
        string integration,
        string message)
    {
        var text = $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: {
                  swagger: '2.0', {{top}} paths: { /a: { {{path}} get: {
                  {{operation}} x-amazon-apigateway-integration: { type: aws_proxy,
                  httpMethod: POST, uri: {{Uri}} {{integration}} } } } } } } }
            """;
        await Assert.That(string.Join('\n', Templates.Messages(text))).Contains($"error: A: {message}");
    }

    [Test]
    public async Task An_extension_next_to_the_methods_of_a_path_is_a_line()
    {
        var text = $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: {
                  swagger: '2.0', paths: { /a: { x-amazon-apigateway-request-validator: all,
                  get: { x-amazon-apigateway-integration: {
                      type: aws_proxy, httpMethod: POST, uri: {{Uri}} } } } } } } }
            """;
        await Assert.That(Templates.Read(text).Receipt.Single(l => l.Outcome == Outcome.Ignored).Property)
            .IsEqualTo("/a.x-amazon-apigateway-request-validator");
    }

    [Test]
    [Arguments("Credentials: a", "Integration.Credentials")]
    [Arguments("ContentHandling: CONVERT_TO_TEXT", "Integration.ContentHandling")]
    [Arguments("CacheNamespace: a", "Integration.CacheNamespace")]
    [Arguments("TimeoutInMillis: 60", "Integration.TimeoutInMillis")]
    [Arguments("RequestParameters: { integration.request.header.x: \"'a'\" }", "Integration.requestParameters")]
    public async Task A_part_of_a_separate_integration_that_is_not_read_is_a_line(string property, string line)
    {
        var text = $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              A: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
              M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref A, ResourceId: !GetAtt A.RootResourceId,
                  HttpMethod: GET, AuthorizationType: NONE, Integration: {
                  Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}}, {{property}} } } }
            """;
        await Assert.That(Templates.Read(text).Receipt.Single(l => l.Outcome == Outcome.Ignored).Property)
            .IsEqualTo(line);
    }

    [Test]
    public async Task Extensions_among_the_paths_are_lines_and_notes_are_not()
    {
        var receipt = Templates.Read("Resources: { A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { "
            + "swagger: '2.0', paths: { x-amazon-apigateway-x: 1, x-note: 2 } } } } }").Receipt;
        await Assert.That(receipt.Single(l => l.Outcome == Outcome.Ignored).Property)
            .IsEqualTo("paths.x-amazon-apigateway-x");
    }

    [Test]
    [Arguments("AWS::ApiGateway::RestApi", "BodyS3Location: { Bucket: b, Key: k }")]
    [Arguments(
        "AWS::ApiGateway::RestApi",
        "BodyS3Location: { Bucket: b, Key: k }, Mode: merge, Body: { swagger: '2.0', paths: {} }")]
    [Arguments("AWS::ApiGateway::RestApi", "CloneFrom: abc")]
    [Arguments(
        "AWS::ApiGateway::RestApi",
        "Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k.yaml' } } }")]
    [Arguments("AWS::Serverless::Api", "StageName: v1, DefinitionUri: 's3://b/k.yaml'")]
    [Arguments("AWS::Serverless::Api", "StageName: v1, DefinitionBody: { 'Fn::Transform': { Name: 'AWS::Include', "
        + "Parameters: { Location: 's3://b/k.yaml' } } }")]
    [Arguments("AWS::ApiGatewayV2::Api", "BodyS3Location: { Bucket: b, Key: k }")]
    [Arguments("AWS::ApiGatewayV2::Api", "BodyS3Location: { Bucket: b, Key: k }, Target: 'https://example.com'")]
    public async Task A_route_next_to_a_definition_on_AWS_is_closed_and_reported(string type, string properties)
    {
        var route = type == "AWS::ApiGatewayV2::Api"
            ? $"I: {{ Type: AWS::ApiGatewayV2::Integration, Properties: {{ ApiId: !Ref A, IntegrationType: AWS_PROXY, "
            + $"IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: '2.0' }} }}\n  R: {{ "
            + $"Type: AWS::ApiGatewayV2::Route, Properties: {{ ApiId: !Ref A, RouteKey: 'ANY /r', "
            + $"Target: !Sub 'integrations/${{I}}' }} }}"
            : $"M: {{ Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: !Ref A, ResourceId: "
                + $"!GetAtt A.RootResourceId, HttpMethod: ANY, Integration: {{ Type: AWS_PROXY, "
                + $"IntegrationHttpMethod: POST, Uri: {Uri} }} }} }}";
        var template = Templates.Read($"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: "
            + $"{{ {Templates.Code} }} }}\n  A: {{ Type: {type}, Properties: {{ {properties} }} }}\n  {route}\n");
        await Assert.That(template.Routes).IsNotEmpty();
        foreach (var closed in template.Routes)
        {
            await Assert.That(closed.Authorizer?["type"]?.ToString()).IsEqualTo("unsupported");
            await Assert.That(template.Receipt)
                .Contains(l => l.Outcome == Outcome.Ignored && l.Property == $"{closed.Method} {closed.Path}");
        }
    }

    [Test]
    [Arguments("GET /e open", "{ Authorizer: NONE }")]
    [Arguments("GET /e unsupported", "{}")]
    public async Task An_event_on_an_API_whose_definition_is_on_AWS_is_closed_unless_it_is_explicitly_open(
        string expected,
        string auth)
    {
        foreach (var definition in new[]
        {
            "DefinitionUri: 's3://b/k.yaml'",
            "DefinitionBody: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k.yaml' } } }",
        })
            await HoldAsync(expected, auth, definition);
    }

    private static async Task HoldAsync(string expected, string auth, string definition)
    {
        var text = $$"""
            Resources:
              A: { Type: AWS::Serverless::Api, Properties: { StageName: v1, {{definition}} } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { RestApiId: !Ref A, Path: /e, Method: get,
                  Auth: {{auth}} } } } } }
            """;
        var route = Templates.Read(text).Routes.Single();
        await Assert.That($"{route.Method} {route.Path} {route.Authorizer?["type"]?.ToString() ?? "open"}")
            .IsEqualTo(expected);
    }
}

using Esb.Sam.Apis;
using Esb.Sam.Generating;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Integrations that call no function: what can be served here is; everything else is closed and reported.
/// </summary>
internal sealed class IntegrationTests
{
    private const string Status = "requestTemplates: { application/json: '{\"statusCode\": 403}' }";

    [Test]
    [Arguments(
        $"{{ type: mock, {Status}, responses: {{ default: {{ statusCode: '403', "
            + $"responseTemplates: {{ application/json: '{{\"a\":1}}' }} }} }} }}",
        "status: 403 headers: Content-Type: application/json body: {\"a\":1}")]
    [Arguments(
        $"{{ type: mock, {Status}, responses: {{ default: {{ statusCode: 200 }}, '4\\d\\d': {{ statusCode: 418, "
            + $"responseTemplates: {{ text/plain: 'costs $5 #1' }} }} }} }}",
        "status: 418 headers: Content-Type: text/plain body: costs $5 #1")]
    [Arguments(
        "{ type: MOCK, requestTemplates: { application/json: '{statusCode: 204}' }, responses: { '204': { "
            + "statusCode: 204, responseParameters: { method.response.header.X-A: \"'b'\" } } } }",
        "status: 204 headers: Content-Type: application/json X-A: b")]
    public async Task A_mock_with_a_constant_answer_is_served(string integration, string expected)
    {
        var template = Templates.Read(Definition("Api", "get", integration));
        await Assert.That(Flat(template.Routes.Single().Mock!)).IsEqualTo(expected);
        await Assert.That(template.Receipt)
            .Contains(l => l.Property == "GET /a/{proxy+}" && l.Outcome == Outcome.Applied);
    }

    [Test]
    [Arguments("{ type: mock }", "its mock has no request template with a constant statusCode")]
    [Arguments(
        "{ type: mock, requestTemplates: { application/json: '#if($input.params(\"a\")) {\"statusCode\": "
            + "200} #end' } }", "its mock has no request template with a constant statusCode")]
    [Arguments($"{{ type: mock, {Status} }}", "its mock has no response for the status 403")]
    [Arguments(
        $"{{ type: mock, {Status}, responses: {{ default: {{ statusCode: 200, responseTemplates: {{ application/json: "
            + $"'{{\"id\": \"$context.requestId\"}}' }} }} }} }}",
        "the template of its mock's answer is computed, which is not served")]
    [Arguments(
        $"{{ type: mock, {Status}, responses: {{ default: {{ statusCode: 200, "
            + $"responseParameters: {{ method.response.header.X: context.requestId }} }} }} }}",
        "'method.response.header.X' of its mock is not a constant header")]
    [Arguments(
        "{ type: http_proxy, uri: 'https://h', connectionType: VPC_LINK }",
        "its integration is private to a VPC of AWS")]
    [Arguments(
        "{ type: http_proxy, uri: 'https://{proxy}/' }", "the address of its integration cannot be called from here")]
    [Arguments(
        "{ type: http_proxy, uri: 'https://h/{other}' }",
        "the address of its integration has {other}, and its path has no such parameter")]
    [Arguments(
        "{ type: http_proxy, uri: 'https://h', requestParameters: { integration.request.header.X: "
            + "context.requestId } }", "its integration maps 'integration.request.header.X', which is not served")]
    [Arguments(
        "{ type: http_proxy, uri: 'https://h', timeoutInMillis: 90000 }",
        "the timeout of its integration is '90000', which is not between 50 and 30000 ms")]
    [Arguments("{ type: http, uri: 'https://h' }", "an integration of type http is not served")]
    [Arguments(
        "{ type: aws, uri: 'arn:aws:apigateway:eu-west-1:s3:path/b/k' }", "an integration of type aws is not served")]
    [Arguments("{ uri: 'https://h' }", "an integration of type that is not given is not served")]
    public async Task An_integration_that_cannot_be_served_closes_its_route_with_a_line_that_strict_refuses(
        string integration,
        string reason)
    {
        var text = Definition("Api", "get", integration);
        var route = Templates.Read(text).Routes.Single();
        await Assert.That((route.IsAnswered, Flat(route.Authorizer!)))
            .IsEqualTo((false, $"type: unsupported reason: {reason}"));
        await Assert.That(Templates.Message(text))
            .Contains($"warning: MyApi: GET /a/{{proxy+}}: the route is closed: {reason}");
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains($"error: MyApi: GET /a/{{proxy+}} is ignored: {reason}; the route is closed");
    }

    [Test]
    public async Task A_method_without_an_integration_is_closed_and_an_event_of_an_HTTP_API_fills_it_in()
    {
        var text = $$"""
            Resources:
              MyApi: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionBody: {
                  openapi: 3.0.1, paths: { /a: { get: {}, post: } } } } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: HttpApi, Properties: { ApiId: !Ref MyApi, Path: /a, Method: GET } } } } }
            """;
        await Assert.That(string.Join(
            " | ", Templates.Read(text).Routes.Select(r => $"{r.Method} {r.Function} {r.Authorizer?["type"]}")))
            .IsEqualTo("POST  unsupported | GET F ");
    }

    [Test]
    [Arguments(
        "Api",
        "{ type: http_proxy, httpMethod: ANY, uri: 'https://h/v1/{x}', timeoutInMillis: 5000, requestParameters: "
            + "{ integration.request.path.x: method.request.path.proxy, integration.request.header.X-Key: \"'k'\", "
            + "integration.request.querystring.q: method.request.querystring.q } }",
        "uri: https://h/v1/{proxy} timeout_ms: 5000 headers: X-Key: k")]
    [Arguments(
        "Api",
        "{ type: http_proxy, httpMethod: post, uri: 'https://h/{x}', requestParameters: { integration.request.path.x: "
            + "\"'a/b'\" } }",
        "uri: https://h/a%2Fb method: POST")]
    [Arguments(
        "HttpApi",
        "{ type: http_proxy, httpMethod: GET, uri: 'https://h/{proxy}', payloadFormatVersion: '1.0', "
            + "requestParameters: { 'overwrite:header.X-Key': k } }",
        "uri: https://h/{proxy} method: GET headers: X-Key: k")]
    public async Task An_HTTP_proxy_of_either_kind_of_API_becomes_a_route_to_its_server(
        string kind,
        string integration,
        string expected)
    {
        var template = Templates.Read(Definition(kind, "x-amazon-apigateway-any-method", integration));
        await Assert.That(Flat(template.Routes.Single().HttpProxy!)).IsEqualTo(expected);
        await Assert.That(template.Routes.Single().Payload).IsEqualTo(kind == "Api" ? "1.0" : "2.0");
        await AssertIsTaken(template);
    }

    [Test]
    public async Task Plain_resources_have_mocks_and_HTTP_proxies_too()
    {
        var template = Templates.Read("""
            Resources:
              Rest: { Type: AWS::ApiGateway::RestApi, Properties: { Name: plain } }
              Any: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Rest,
                  ParentId: !GetAtt Rest.RootResourceId, PathPart: '{proxy+}' } }
              Mock: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Rest,
                  ResourceId: !GetAtt Rest.RootResourceId, HttpMethod: GET, AuthorizationType: NONE,
                  Integration: { Type: MOCK, RequestTemplates: { application/json: '{"statusCode":404}' },
                  IntegrationResponses: [{ StatusCode: 404 }] } } }
              Pass: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Rest, ResourceId: !Ref Any,
                  HttpMethod: ANY, AuthorizationType: NONE, RequestParameters: { method.request.path.proxy: true },
                  Integration: { Type: HTTP_PROXY, IntegrationHttpMethod: ANY,
                  Uri: 'https://${stageVariables.host}/{proxy}', RequestParameters: {
                  integration.request.path.proxy: method.request.path.proxy } } } }
              Stage: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Rest, StageName: live,
                  Variables: { host: h.example.com } } }
              Http: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: h, ProtocolType: HTTP } }
              To: { Type: AWS::ApiGatewayV2::Integration, Properties: {
                  ApiId: !Ref Http, IntegrationType: HTTP_PROXY, IntegrationMethod: GET, IntegrationUri: 'https://h/x',
                  TimeoutInMillis: 50, PayloadFormatVersion: '1.0' } }
              Changed: { Type: AWS::ApiGatewayV2::Integration, Properties: {
                  ApiId: !Ref Http, IntegrationType: HTTP_PROXY, IntegrationMethod: GET, IntegrationUri: 'https://h/x',
                  ResponseParameters: { '200': { ResponseParameters: [{
                  Source: a, Destination: 'remove:header.Secret' }] } } } }
              Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: 'GET /to',
                  Target: !Sub 'integrations/${To}' } }
              Closed: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: 'GET /changed',
                  Target: !Sub 'integrations/${Changed}' } }
              Quick: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: q, ProtocolType: HTTP, RouteKey: 'GET /quick',
                  Target: 'https://q/y' } }
            """);
        await Assert.That(string.Join(" | ", template.Routes.Select(r => $"{r.Method} {r.Path} "
            + $"{(r.Mock is { } m ? Flat(m) : r.HttpProxy is { } p ? Flat(p) : r.Authorizer!["reason"])}"))).IsEqualTo(
            "GET / status: 404 headers: Content-Type: application/json | ANY /{proxy+} "
                + "uri: https://h.example.com/{proxy} | GET /to uri: https://h/x method: GET timeout_ms: 50"
            + " | GET /changed its integration changes answers, which is not served | GET /quick uri: https://q/y");
        await AssertIsTaken(template);
    }

    [Test]
    public async Task A_preflight_with_a_constant_mock_is_served_as_written_and_guarded_as_its_API_says()
    {
        const string Options = "{ type: mock, requestTemplates: { application/json: '{\"statusCode\": 200}' }, "
            + "responses: { default: { statusCode: '200', "
            + "responseParameters: { method.response.header.Access-Control-Allow-Origin: \"'https://a'\" } } } }";
        var route = Templates.Read(Definition("Api", "options", Options)).Routes.Single();
        await Assert.That(Flat(route.Mock!))
            .IsEqualTo("status: 200 headers: Content-Type: application/json Access-Control-Allow-Origin: https://a");
        await Assert.That(route.Cors).IsNull();
        const string Auth = "Auth: { DefaultAuthorizer: AWS_IAM, AddDefaultAuthorizerToCorsPreflight: false }";
        await Assert.That(Templates.Read(Definition("Api", "options", Options, Auth)).Routes.Single().Authorizer)
            .IsNull();
        await Assert.That(Templates.Read(Definition("Api", "options", Options, Auth.Replace(
            "false", "true", StringComparison.Ordinal))).Routes.Single().Authorizer!["type"]!.ToString())
            .IsEqualTo("iam");
    }

    // A gateway must accept what is generated.
    private static async Task AssertIsTaken(SamTemplate template)
    {
        var diagnostics = new DiagnosticBag();
        RoutingFile.Read(FilesGenerator.Generate(template).Routing, diagnostics);
        await Assert.That(string.Join('\n', diagnostics)).IsEqualTo("");
    }

    private static string Flat(YamlNode node) => node is YamlMapping map
        ? string.Join(' ', map.Entries.Select(e => $"{e.Key.Value}: {Flat(e.Value)}"))
        : node.ToString()!;

    private static string Definition(
        string kind,
        string method,
        string integration,
        string property = "Description: x") => $$"""
        Resources:
          MyApi:
            Type: AWS::Serverless::{{kind}}
            Properties:
              StageName: Prod
              {{property}}
              DefinitionBody:
                openapi: 3.0.1
                paths:
                  /a/{proxy+}:
                    {{method}}:
                      x-amazon-apigateway-integration: {{integration}}
        """;
}

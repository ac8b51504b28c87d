using Esb.Sam.Apis;
using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>Routes that are written outside the events of functions.</summary>
internal sealed class DefinitionTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private const string Body = $$"""
        swagger: '2.0'
        x-amazon-apigateway-binary-media-types: [image/png]
        securityDefinitions:
          key: { type: apiKey, name: x-api-key, in: header }
          token: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: custom,
              x-amazon-apigateway-authorizer: { type: token, authorizerUri: {{Uri}}, authorizerResultTtlInSeconds: 7 } }
        paths:
          /orders/{id}:
            get: { x-amazon-apigateway-integration: {
                type: aws_proxy, httpMethod: POST, uri: {{Uri}} },
                security: [{ key: [] }] }
            options: { x-amazon-apigateway-integration: { type: mock, requestTemplates: {
                application/json: '#set($a = 1) {statusCode: 200}' },
                responses: { default: {
                responseParameters: { method.response.header.Access-Control-Allow-Origin: "'https://a'",
                method.response.header.Access-Control-Allow-Methods: "'GET,PUT'" } } } } }
          /any:
            x-amazon-apigateway-any-method: { x-amazon-apigateway-integration: {
                type: aws_proxy, uri: {{Uri}}, httpMethod: POST },
                security: [{ token: [] }] }
          /elsewhere:
            get: { x-amazon-apigateway-integration: { type: http, uri: 'https://example.com' } }
        """;

    [Test]
    public async Task A_definition_in_the_template_defines_the_routes_of_its_API()
    {
        var template = Templates.Read(WithBody(Body));
        await Assert.That(Lines(template))
            .IsEqualTo("GET /orders/{id} F 1.0 api_key | ANY /any F 1.0 lambda | GET /elsewhere  1.0 unsupported");
        var route = template.Routes[0];
        await Assert.That((route.Api, route.Stage, route.BinaryMediaTypes.Single()))
            .IsEqualTo(("MyApi", "v1", "image/png"));
        await Assert.That(YamlTextWriter.Write(route.Cors!)).Contains("https://a").And.Contains("PUT");
        await Assert.That(template.Receipt)
            .Contains(l => l.Property == "GET /elsewhere" && l.Outcome == Outcome.Ignored);
        await Assert.That(template.Receipt)
            .Contains(l => l.Property == "OPTIONS /orders/{id}" && l.Outcome == Outcome.Approximated);
    }

    [Test]
    public async Task A_definition_in_a_file_or_an_include_defines_the_same_routes()
    {
        var inFile = WithBody(Body).Split("      DefinitionBody:")[0];
        using var project = new Project(
            ("api.yaml", Body),
            ("a.yaml", inFile + "      DefinitionUri: api.yaml\n"),
            ("b.yaml", inFile + "      DefinitionBody: { 'Fn::Transform': { Name: AWS::Include, "
                + "Parameters: { Location: api.yaml } } }\n"));
        await Assert.That(Lines(project.Read("a.yaml"))).IsEqualTo(Lines(Templates.Read(WithBody(Body))));
        await Assert.That(Lines(project.Read("b.yaml"))).IsEqualTo(Lines(Templates.Read(WithBody(Body))));
    }

    [Test]
    public async Task A_definition_on_S3_closes_the_routes_of_events_and_is_reported()
    {
        var template = $$"""
            Resources:
              MyApi: { Type: AWS::Serverless::Api, Properties: { StageName: v1, DefinitionUri: 's3://b/k.yaml' } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { RestApiId: !Ref MyApi, Path: /e, Method: get } } } } }
            """;
        await Assert.That(string.Join('\n', Templates.Messages(template)))
            .Contains("warning: MyApi: the definition is on AWS and cannot be read here")
            .And.Contains("the route is closed: the definition of its API is on AWS");
        await Assert.That(Lines(Templates.Read(template))).IsEqualTo("GET /e F 1.0 unsupported");
    }

    [Test]
    [Arguments(
        "MergeDefinitions: true",
        "ANY /any F 1.0 lambda | GET /elsewhere  1.0 unsupported | GET /orders/{id} G 1.0 api_key")]
    [Arguments(
        "Description: x", "GET /orders/{id} F 1.0 api_key | ANY /any F 1.0 lambda | GET /elsewhere  1.0 unsupported")]
    public async Task Events_add_to_a_definition_only_if_the_API_merges_them(string property, string expected)
    {
        var text = WithBody(Body, property)
            + $"  G: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, Events: {{ E: {{ Type: Api, "
            + $"Properties: {{ RestApiId: !Ref MyApi, Path: '/orders/{{id}}', Method: get }} }} }} }} }}\n";
        await Assert.That(Lines(Templates.Read(text))).IsEqualTo(expected);
    }

    [Test]
    [Arguments("http")]
    [Arguments("http_proxy")]
    [Arguments("HTTP")]
    public async Task An_HTTP_integration_whose_URI_is_a_function_closes_its_route_and_is_reported(string type)
    {
        var definition = WithBody(Body.Replace(
            "type: aws_proxy, httpMethod", $"type: {type}, httpMethod", StringComparison.Ordinal));
        await Assert.That(Lines(Templates.Read(definition)))
            .IsEqualTo("GET /orders/{id}  1.0 unsupported | ANY /any F 1.0 lambda | GET /elsewhere  1.0 unsupported");
        var kind = type.ToLowerInvariant();
        await Assert.That(string.Join('\n', Templates.Messages(definition))).Contains(
            $"warning: MyApi: GET /orders/{{id}}: the route is closed: an integration of type {kind} is not served; "
                + "its URI is that of a function, which API Gateway calls with type aws_proxy only");
        var plain = Plain(type.ToUpperInvariant());
        await Assert.That(Lines(Templates.Read(plain))).IsEqualTo("GET /  1.0 unsupported | GET /a  2.0 unsupported");
        await Assert.That(string.Join('\n', Templates.Messages(plain)))
            .Contains($"warning: M: the route is closed: an integration of type {kind} is not served")
            .And.Contains($"warning: Route: the route is closed: an integration of type {kind} is not served");
        await Assert.That(Templates.Read(plain).Receipt)
            .Contains(l => l.Resource == "Route" && l.Outcome == Outcome.Ignored);
    }

    [Test]
    public async Task An_integration_with_mapping_templates_calls_the_function_like_a_proxy_and_is_reported()
    {
        var definition = Templates.Read(
            WithBody(Body.Replace("type: aws_proxy, httpMethod", "type: aws, httpMethod", StringComparison.Ordinal)));
        await Assert.That(Lines(definition)).StartsWith("GET /orders/{id} F 1.0 api_key");
        await Assert.That(definition.Receipt).Contains(l => l.Property == "GET /orders/{id}"
            && l.Outcome == Outcome.Approximated
            && l.Reason.Contains("aws_proxy", StringComparison.Ordinal));
        await Assert.That(Templates.Read(Plain("AWS")).Receipt)
            .Contains(l => l.Resource == "M" && l.Outcome == Outcome.Approximated);
    }

    [Test]
    public async Task The_sources_of_an_authorizer_of_a_definition_may_be_a_list()
    {
        var listed = Body.Replace(
            "type: token, authorizerUri",
            "type: request, identitySource: ['$request.header.A', '$request.header.B'], authorizerUri",
            StringComparison.Ordinal);
        await Assert.That(YamlTextWriter.Write(Templates.Read(WithBody(listed)).Routes[1].Authorizer!))
            .Contains("$request.header.A")
            .And.Contains("$request.header.B");
    }

    [Test]
    [Arguments("path/2015-03-31/functions/${F.Arn}/invocations", null, null)]
    [Arguments(
        "path/2021-11-15/functions/${F.Arn}/response-streaming-invocations", null, "answers are sent as a whole")]
    [Arguments("path/2015-03-31/functions/${F.Arn}", "its URI is not that of an invocation", null)]
    [Arguments("", "its URI is not that of an invocation", null)]
    public async Task The_URI_of_a_function_in_a_REST_API_is_that_of_an_invocation(
        string path,
        string? closed,
        string? line)
    {
        var uri = path.Length == 0
            ? "!GetAtt F.Arn"
            : $"!Sub 'arn:aws:apigateway:${{AWS::Region}}:lambda:{path}'";
        var template = Templates.Read($$"""
            Resources:
              F: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: a.b, Runtime: python3.12 } }
              A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { swagger: '2.0', paths: { /a: { get: {
                  x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: {{uri}} } } } } } } }
              P: { Type: AWS::ApiGateway::RestApi, Properties: { Name: p } }
              M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref P,
                  ResourceId: !GetAtt P.RootResourceId, HttpMethod: GET, AuthorizationType: NONE,
                  Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{uri}} } } }
            """);
        foreach (var route in template.Routes)
            await Assert.That(route.Closed ?? "").StartsWith(closed ?? "");
        await Assert.That(template.Routes.Count(r => r.Closed is null)).IsEqualTo(closed is null ? 2 : 0);
        await Assert.That(template.Receipt.Count(l => l.Outcome == Outcome.Ignored && l.Reason == line))
            .IsEqualTo(line is null ? 0 : 2);
    }

    [Test]
    public async Task An_integration_with_a_function_and_no_type_closes_its_route()
    {
        var untyped = WithBody(Body.Replace("type: aws_proxy, httpMethod", "httpMethod", StringComparison.Ordinal));
        await Assert.That(Lines(Templates.Read(untyped))).StartsWith("GET /orders/{id}  1.0 unsupported | ");
        await Assert.That(string.Join('\n', Templates.Messages(untyped))).Contains(
            "GET /orders/{id}: the route is closed: an integration of type that is not given is not served");
    }

    private static string Plain(string type) => $$"""
        Resources:
          Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: plain } }
          M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId,
              HttpMethod: GET, AuthorizationType: NONE,
              Integration: { Type: {{type}}, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
          Http: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: h, ProtocolType: HTTP } }
          Integration: { Type: AWS::ApiGatewayV2::Integration, Properties: {
              ApiId: !Ref Http, IntegrationType: {{type}}, IntegrationUri: !GetAtt F.Arn,
              PayloadFormatVersion: '2.0' } }
          Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: 'GET /a',
              Target: !Sub 'integrations/${Integration}' } }
          F: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: a.b, Runtime: python3.12 } }
        """;

    [Test]
    public async Task A_rest_api_of_plain_resources_has_the_routes_of_its_methods()
    {
        var template = Templates.Read($$"""
            Resources:
              Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: plain } }
              Orders: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api,
                  ParentId: !GetAtt Api.RootResourceId, PathPart: orders } }
              Order: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Orders,
                  PathPart: '{id}' } }
              Root: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api,
                  ResourceId: !GetAtt Api.RootResourceId, HttpMethod: ANY, AuthorizationType: NONE,
                  Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
              Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !Ref Order,
                  HttpMethod: GET, AuthorizationType: CUSTOM, AuthorizerId: !Ref Auth,
                  Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
              Auth: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Api, Name: a, Type: TOKEN,
                  AuthorizerUri: {{Uri}}, IdentitySource: method.request.header.X } }
              Stage: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, StageName: live,
                  Variables: { v: w } } }
              F: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: a.b, Runtime: python3.12 } }
            """);
        await Assert.That(Lines(template)).IsEqualTo("ANY / F 1.0  | GET /orders/{id} F 1.0 lambda");
        await Assert.That((template.Routes[0].Stage, template.Routes[0].StageVariables!["v"]!.ToString()))
            .IsEqualTo(("live", "w"));
    }

    [Test]
    public async Task Resources_whose_parents_form_a_cycle_are_an_error()
    {
        var said = Templates.Messages($$"""
            Resources:
              Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: plain } }
              A: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref B, PathPart: a } }
              B: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref A, PathPart: b } }
              M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !Ref A,
                  HttpMethod: GET, Integration: { Type: MOCK } } }
            """);
        await Assert.That(string.Join('\n', said)).Contains("form a cycle");
    }

    [Test]
    public async Task An_http_api_of_plain_resources_has_its_routes_and_its_quick_target()
    {
        var template = Templates.Read($$"""
            Resources:
              Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: plain, ProtocolType: HTTP,
                  CorsConfiguration: { AllowOrigins: ['*'] } } }
              Integration: { Type: AWS::ApiGatewayV2::Integration, Properties: {
                  ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt F.Arn,
                  PayloadFormatVersion: '2.0' } }
              Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: 'GET /a/{b}',
                  Target: !Sub 'integrations/${Integration}', AuthorizationType: JWT, AuthorizerId: !Ref Jwt } }
              Jwt: { Type: AWS::ApiGatewayV2::Authorizer, Properties: {
                  ApiId: !Ref Api, Name: j, AuthorizerType: JWT, IdentitySource: ['$request.header.Authorization'],
                  JwtConfiguration: { Issuer: 'https://i', Audience: [x] } } }
              Quick: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: quick, ProtocolType: HTTP,
                  Target: !GetAtt F.Arn } }
              Socket: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: ws, ProtocolType: WEBSOCKET,
                  RouteSelectionExpression: x } }
              F: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: a.b, Runtime: python3.12 } }
            """);
        await Assert.That(Lines(template)).IsEqualTo("GET /a/{b} F 2.0 jwt | ANY $default F 2.0 ");
        await Assert.That(template.Routes[0].Cors).IsNotNull();
        await Assert.That(template.Receipt).Contains(l => l.Resource == "Socket" && l.Outcome == Outcome.Ignored);
    }

    [Test]
    public async Task The_URL_of_a_function_is_two_routes_below_its_name()
    {
        var template = Templates.Read(Templates.FunctionWith("FunctionName: f-one, FunctionUrlConfig: { "
            + "AuthType: AWS_IAM, InvokeMode: RESPONSE_STREAM, Cors: { AllowOrigins: ['https://a'] } }"));
        await Assert.That(Lines(template))
            .IsEqualTo("ANY /_url/f-one f-one 2.0 iam | ANY /_url/f-one/{proxy+} f-one 2.0 iam");
        var text = YamlTextWriter.Write(Esb.Sam.Generating.FilesGenerator.Generate(template).Routing);
        await Assert.That(text).Contains("function_url: true").And.Contains("invoke_mode: RESPONSE_STREAM")
            .And.Contains("https://a");
    }

    [Test]
    public async Task Schedules_of_plain_resources_and_a_plain_url_reach_their_function()
    {
        var template = Templates.Read("""
            Resources:
              F: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: a.b, Runtime: python3.12 } }
              Url: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE, TargetFunctionArn: !GetAtt F.Arn } }
              Rule: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(5 minutes), State: DISABLED,
                  Targets: [{ Id: t, Arn: !GetAtt F.Arn, Input: '{"a":1}' }] } }
              Sched: { Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: 'cron(0 9 * * ? *)',
                  ScheduleExpressionTimezone: Asia/Tokyo, FlexibleTimeWindow: { Mode: 'OFF' },
                  Target: { Arn: !GetAtt F.Arn, RoleArn: x, RetryPolicy: { MaximumRetryAttempts: 2 } } } }
              Alias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref F, FunctionVersion: '1',
                  Name: live } }
            """);
        var function = template.Functions.Single();
        await Assert.That(string.Join(
            " | ", function.Schedules.Select(s => $"{s.Expression} {s.Input} {s.Enabled} {s.Timezone}")))
            .IsEqualTo("rate(5 minutes) {\"a\":1} False  | cron(0 9 * * ? *)  True Asia/Tokyo");
        await Assert.That((function.Url is not null, function.Aliases.Single())).IsEqualTo((true, "live"));
    }

    [Test]
    public async Task Two_events_for_one_path_and_method_are_an_error_in_one_api_and_a_warning_in_two()
    {
        static string Text(string second) => $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { A: { Type: Api, Properties: { Path: /a, Method: get } },
                  B: { Type: {{second}}, Properties: { Path: /a, Method: GET } } } } }
            """;
        await Assert.That(Templates.Message(Text("Api")))
            .Contains("error: GET /a is defined a second time in the API 'ServerlessRestApi', first on line 3");
        await Assert.That(Templates.Message(Text("HttpApi"))).Contains("warning: GET /a belongs to two APIs");
    }

    [Test]
    public async Task The_base_path_of_an_api_precedes_its_paths()
    {
        var template = Templates.Read(Templates.FunctionWith(
            "Events: { A: { Type: HttpApi, Properties: { Path: /a, Method: get } }, D: { Type: HttpApi } }",
            "Globals: { HttpApi: { Domain: { DomainName: x.example.com, CertificateArn: c, BasePath: [v1] } } }"));
        await Assert.That(string.Join(" | ", template.Routes.Select(r => $"{r.Path} {r.BasePath}")))
            .IsEqualTo("/v1/a /v1 | /v1/$default /v1");
    }

    private static string Lines(SamTemplate template) => string.Join(" | ", template.Routes.Select(Line));

    private static string Line(SamRoute route) =>
        $"{route.Method} {route.Path} {route.Function} {route.Payload} {route.Authorizer?["type"]}";

    private static string WithBody(string body, string property = "Description: x") => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          MyApi:
            Type: AWS::Serverless::Api
            Properties:
              StageName: v1
              {{property}}
              DefinitionBody:
        {{string.Join('\n', body.Split('\n').Select(l => "        " + l))}}

        """;
}

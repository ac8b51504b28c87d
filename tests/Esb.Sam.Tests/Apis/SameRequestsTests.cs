using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Routes for the same requests, and routes with unknown guards: none of them opens what another one guards.
/// </summary>
internal sealed class SameRequestsTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private const string Integration =
        $"x-amazon-apigateway-integration: {{ type: aws_proxy, httpMethod: POST, uri: {Uri} }}";

    private const string Guarded =
        "A: { Type: AWS::Serverless::Api, Properties: { StageName: v, Auth: { ApiKeyRequired: true } } }";

    [Test]
    [Arguments("/kk/{a}", "/kk/{b}")]
    [Arguments("/kk/{a+}", "/kk/{b+}")]
    [Arguments("/kk/a", "/kk/a/")]
    public async Task Of_two_APIs_the_later_route_for_the_same_requests_is_served_and_strict_refuses_it(
        string first,
        string second)
    {
        var text = $$"""
            Resources:
              {{Guarded}}
              B: { Type: AWS::Serverless::Api, Properties: { StageName: v } }
              F:
                Type: AWS::Serverless::Function
                Properties:
                  {{Templates.Code.Replace(", ", "\n      ", StringComparison.Ordinal)}}
                  Events:
                    A: { Type: Api, Properties: { RestApiId: !Ref A, Path: '{{first}}', Method: get } }
                    B: { Type: Api, Properties: { RestApiId: !Ref B, Path: '{{second}}', Method: get } }
            """;
        await Assert.That(Lines(Templates.Read(text))).IsEqualTo($"GET {second} B ");
        await Assert.That(Templates.Message(text)).Contains($"warning: GET {second} belongs to two APIs, 'A' and 'B'");
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains($"error: A: GET {first} is ignored");
    }

    [Test]
    public async Task An_event_that_differs_from_an_operation_only_in_a_parameter_is_an_error_as_on_AWS()
    {
        var text = $$"""
            Resources:
              A: { Type: AWS::Serverless::Api, Properties: { StageName: v, MergeDefinitions: true,
                  DefinitionBody: { swagger: '2.0', paths: { '/dp/{name}': {
                  get: { security: [{ api_key: [] }], {{Integration}} } } } } } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { RestApiId: !Ref A, Path: '/dp/{id}', Method: get } } } } }
            """;
        await Assert.That(string.Join('\n', Templates.Messages(text)))
            .Contains("error: GET /dp/{id} takes the same requests as /dp/{name} of the API 'A'");
    }

    [Test]
    [Arguments("", "", false)]
    [Arguments("", ", Auth: { ApiKeyRequired: true }", true)]
    public async Task A_trailing_slash_that_distinguishes_two_routes_of_one_API_on_AWS_is_a_line_where_it_matters(
        string first,
        string second,
        bool isSaid)
    {
        var text = $$"""
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  {{Templates.Code.Replace(", ", "\n      ", StringComparison.Ordinal)}}
                  Events:
                    A: { Type: Api, Properties: { Path: /a, Method: get{{first}} } }
                    B: { Type: Api, Properties: { Path: /a/, Method: get{{second}} } }
            """;
        await Assert.That(Templates.Read(text).Routes.Single().Path).IsEqualTo("/a/");
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true }).Exists(
            m => m.Contains("since a trailing slash makes no difference", StringComparison.Ordinal))).IsEqualTo(isSaid);
    }

    [Test]
    public async Task An_event_for_an_operation_without_an_integration_keeps_its_guard_and_is_not_reported()
    {
        var text = $$"""
            Resources:
              A: { Type: AWS::Serverless::Api, Properties: { StageName: v, MergeDefinitions: true,
                  DefinitionBody: { swagger: '2.0', securityDefinitions: {
                  k: { type: apiKey, name: x-api-key, in: header } },
                  paths: { /mh: { x-amazon-apigateway-any-method: {
                  security: [{ k: [] }], x-amazon-apigateway-integration: {
                  type: http, uri: 'https://example.com' } } } } } } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { RestApiId: !Ref A, Path: /mh, Method: any } } } } }
            """;
        await Assert.That(Lines(Templates.Read(text))).IsEqualTo("ANY /mh A api_key");
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true })).IsEmpty();
        await Assert.That(string.Join(
            '\n', Templates.Messages(text.Replace("/mh, Method", "/other, Method", StringComparison.Ordinal))))
            .Contains("warning: A: ANY /mh: the route is closed: an integration of type http");
    }

    [Test]
    public async Task A_path_of_an_API_that_is_a_function_URL_is_reported_and_ignored()
    {
        var text = $$"""
            Resources:
              {{Guarded}}
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  FunctionUrlConfig: { AuthType: NONE }, Events: { E: {
                  Type: Api, Properties: { RestApiId: !Ref A, Path: '/_url/F', Method: any } } } } }
            """;
        var template = Templates.Read(text);
        await Assert.That(template.Routes.Count).IsEqualTo(2);
        await Assert.That(template.Receipt).Contains(l => l.Outcome == Outcome.Ignored
            && l.Property == "ANY /_url/F"
            && l.Reason == "the URL of the function 'F' takes the same requests");
    }

    [Test]
    [Arguments("Api", "RestApiId", "Gone")]
    [Arguments("Api", "RestApiId", "H")]
    [Arguments("HttpApi", "ApiId", "A")]
    public async Task An_event_without_an_API_of_its_kind_is_closed_and_no_broader_route_takes_its_requests(
        string kind,
        string key,
        string api)
    {
        var text = $$"""
            Parameters: { Gone: { Type: String, Default: gone } }
            Resources:
              {{Guarded}}
              H: { Type: AWS::Serverless::HttpApi, Properties: { StageName: v } }
              F:
                Type: AWS::Serverless::Function
                Properties:
                  {{Templates.Code.Replace(", ", "\n      ", StringComparison.Ordinal)}}
                  Events:
                    Narrow: { Type: {{kind}}, Properties: { {{key}}: !Ref {{api}}, Path: /c/admin, Method: get } }
                    Broad: { Type: Api, Properties: { Path: '/c/{proxy+}', Method: any } }
            """;
        await Assert.That(Templates.Read(text).Routes.Select(r => $"{r.Method} {r.Path} {r.Authorizer?["type"]}"))
            .IsEquivalentTo(["ANY /c/{proxy+} ", "GET /c/admin unsupported"]);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains("error: F: Events.Narrow is ignored");
    }

    [Test]
    public async Task A_route_of_a_state_machine_is_closed_and_reported()
    {
        var text = $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { B: { Type: Api, Properties: { Path: '/smx/{proxy+}', Method: any } } } } }
              M: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: m.json,
                  Events: { A: { Type: Api, Properties: { Path: /smx/start, Method: post,
                  Auth: { ApiKeyRequired: true } } } } } }
            """;
        await Assert.That(Templates.Read(text).Routes.Select(r => $"{r.Method} {r.Path} {r.Authorizer?["type"]}"))
            .IsEquivalentTo(["ANY /smx/{proxy+} ", "POST /smx/start unsupported"]);
        await Assert.That(string.Join('\n', Templates.Messages(text)))
            .Contains("warning: M, event 'A': the route is closed: state machines are not run");
    }

    [Test]
    [Arguments("Auth: null", "error: MyApi: 'Auth' is null: CloudFormation accepts no null values; leave it out")]
    [Arguments("Auth: { DefaultAuthorizer: ~ }", "error: MyApi: 'Auth.DefaultAuthorizer' is null")]
    [Arguments("Auth: { ApiKeyRequired: }", "error: MyApi: 'Auth.ApiKeyRequired' is null")]
    [Arguments("Policy: null", "error: MyApi: 'Policy' is null")]
    [Arguments("Variables: null", "error: MyApi: Variables is ignored: CloudFormation accepts no null values")]
    public async Task A_null_over_a_guard_is_an_error_and_any_other_null_has_a_line(string property, string expected) =>
        await Assert.That(string.Join('\n', Templates.Messages(
            $"Globals: {{ Api: {{ Auth: {{ ApiKeyRequired: true }} }} }}\nResources: {{ MyApi: {{ "
                + $"Type: AWS::Serverless::Api, Properties: {{ StageName: v, {property} }} }} }}",
            new SamOptions { Strict = true })))
            .Contains(expected);

    [Test]
    public async Task A_method_whose_resource_is_left_out_by_a_condition_is_an_error_as_for_CloudFormation() =>
        await Assert.That(string.Join('\n', Templates.Messages(Plain("!Ref R", "Condition: Never,"))))
            .Contains("error: M: its resource 'R' is not created, because its condition is false; "
                + "give the method the same Condition");

    [Test]
    public async Task A_method_whose_resource_belongs_to_another_API_is_closed_at_its_path()
    {
        var template = Templates.Read(Plain("!Ref Other", ""));
        await Assert.That(template.Routes.Select(r => $"{r.Method} {r.Path} {r.Authorizer?["type"]}"))
            .IsEquivalentTo(["GET /other unsupported"]);
        await Assert.That(template.Receipt)
            .Contains(l => l.Outcome == Outcome.Ignored && l.Resource == "M" && l.Property == "ResourceId");
    }

    private static string Plain(string resource, string condition) => $$"""
        Conditions: { Never: !Equals [a, b] }
        Resources:
          Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: plain } }
          Api2: { Type: AWS::ApiGateway::RestApi, Properties: { Name: other } }
          R: { Type: AWS::ApiGateway::Resource, {{condition}} Properties: {
              RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: admin } }
          Other: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api2,
              ParentId: !GetAtt Api2.RootResourceId, PathPart: other } }
          M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: {{resource}},
              HttpMethod: GET, AuthorizationType: NONE,
              Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
          F: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: a.b, Runtime: python3.12 } }
        """;

    private static string Lines(SamTemplate template) =>
        string.Join(" | ", template.Routes.Select(r => $"{r.Method} {r.Path} {r.Api} {r.Authorizer?["type"]}"));
}

using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>A route that is closed because its authorizer cannot be honoured is reported.</summary>
internal sealed class ClosedRouteTests
{
    [Test]
    [Arguments("Authorizers: { P: { UserPoolArn: x } }, DefaultAuthorizer: P", "the user pool x is not known here")]
    [Arguments(
        "ApiKeyRequired: true, DefaultAuthorizer: AWS_IAM", "signatures of AWS IAM identities cannot be checked here")]
    [Arguments(
        "ResourcePolicy: { IpRangeWhitelist: [10.0.0.0/8] }", "it has a resource policy, which cannot be checked here")]
    public async Task A_closed_route_has_a_line_of_the_receipt_and_is_an_error_with_strict(string auth, string reason)
    {
        var text = $$"""
            Resources:
              MyApi: { Type: AWS::Serverless::Api, Properties: { StageName: Prod, Auth: { {{auth}} } } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { Path: /a, Method: get, RestApiId: !Ref MyApi } } } } }
            """;
        var lines = Templates.Read(text).Receipt.Where(l => l.Outcome == Outcome.Ignored).ToList();
        await Assert.That(lines.Single(l => l.Reason.Contains(reason, StringComparison.Ordinal)).Property)
            .IsEqualTo("GET /a");
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true }))
            .Contains(m => m.Contains("error: MyApi: GET /a is ignored: " + reason, StringComparison.Ordinal));
    }

    [Test]
    [Arguments(
        "Auth: { Authorizers: { A: { FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:elsewhere' } }, "
            + "DefaultAuthorizer: A }", "F", "the function 'elsewhere' of its authorizer is in none of the templates")]
    [Arguments("Name: n", "elsewhere", "its function 'elsewhere' is in none of the templates")]
    public async Task A_route_of_a_function_that_does_not_exist_yet_is_reported_as_closed_and_not_as_ignored(
        string property,
        string function,
        string reason)
    {
        var uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:"
            + $"function:{function}/invocations";
        var text = $$"""
            Resources:
              MyApi:
                Type: AWS::Serverless::Api
                Properties:
                  StageName: Prod
                  {{property}}
                  DefinitionBody:
                    openapi: 3.0.1
                    paths: { /a: { get: { x-amazon-apigateway-integration: {
                        type: aws_proxy, httpMethod: POST, uri: '{{uri}}' } } } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
            """;
        await Assert.That(Templates.Messages(text)
            .Single(m => m.Contains("in none of the templates", StringComparison.Ordinal)))
            .Contains($"warning: MyApi: GET /a is closed unless the platform has it: {reason}");
        await Assert.That(
            Templates.Read(text).Receipt.Single(l => l.Reason.StartsWith(reason, StringComparison.Ordinal)).Reason)
            .EndsWith("; the route is closed unless the platform has it");
        await Assert.That(Templates.Read(text).Routes.Single().Function).IsEqualTo(function);
    }

    [Test]
    public async Task A_method_whose_authorizer_is_of_another_template_is_closed_with_a_line()
    {
        var text = $$"""
            Resources:
              A: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
              R: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref A, ParentId: !GetAtt A.RootResourceId,
                  PathPart: a } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              M:
                Type: AWS::ApiGateway::Method
                Properties:
                  RestApiId: !Ref A
                  ResourceId: !Ref R
                  HttpMethod: GET
                  AuthorizationType: CUSTOM
                  AuthorizerId: other
                  Integration:
                    Type: AWS_PROXY
                    IntegrationHttpMethod: POST
                    Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations
            """;
        await Assert.That(Templates.Read(text).Receipt).Contains(l => l.Outcome == Outcome.Ignored
            && l.Property == "GET /a"
            && l.Reason.Contains("of type CUSTOM is not in this template", StringComparison.Ordinal));
    }

    [Test]
    [Arguments("Api", "get", true)]
    [Arguments("Api", "post", false)]
    [Arguments("HttpApi", "get", true)]
    [Arguments("HttpApi", "any", false)]
    public async Task A_route_that_an_event_and_a_separate_resource_define_is_an_error(
        string kind,
        string method,
        bool isWrong)
    {
        var guarded = kind == "Api"
            ? """
              R: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref A, ParentId: !GetAtt A.RootResourceId,
                  PathPart: a } }
              M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref A, ResourceId: !Ref R, HttpMethod: GET,
                  AuthorizationType: NONE, ApiKeyRequired: true, Integration: {
                  Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri:
                  !Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' } } }
            """
            : """
              I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref A, IntegrationType: AWS_PROXY,
                  IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: '2.0' } }
              M: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref A, RouteKey: GET /a,
                  AuthorizationType: AWS_IAM, Target: !Sub 'integrations/${I}' } }
            """;
        var text = $$"""
            Resources:
              A: { Type: AWS::Serverless::{{kind}}, Properties: { StageName: p } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: {{kind}}, Properties: { Path: /a, Method: {{method}},
                  {{(kind == "Api" ? "RestApiId" : "ApiId")}}: !Ref A } } } } }
            """ + "\n" + guarded + "\n";
        const string Said = "error: GET /a of the API 'A' is defined by an event, on line 4, "
            + "and by a separate resource; leave one of them out: AWS refuses the second";
        await Assert.That(string.Join('\n', Templates.Messages(text)).Contains(Said, StringComparison.Ordinal))
            .IsEqualTo(isWrong);
    }
}

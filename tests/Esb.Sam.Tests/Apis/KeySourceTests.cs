namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Where the API keys of an API come from its authorizer, the header of a client opens nothing, as on AWS.
/// </summary>
internal sealed class KeySourceTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private const string Fn = "DefaultAuthorizer: L, Authorizers: { L: { FunctionArn: !GetAtt F.Arn } }";

    [Test]
    [Arguments("Serverless::Api", "ApiKeySourceType: AUTHORIZER, Auth: { ApiKeyRequired: true }", "unsupported")]
    [Arguments(
        "Serverless::Api", $"ApiKeySourceType: AUTHORIZER, Auth: {{ ApiKeyRequired: true, {Fn} }}", "unsupported")]
    [Arguments("Serverless::Api", $"ApiKeySourceType: AUTHORIZER, Auth: {{ {Fn} }}", "lambda")]
    [Arguments("Serverless::Api", "ApiKeySourceType: HEADER, Auth: { ApiKeyRequired: true }", "api_key")]
    [Arguments("Serverless::Api", "Auth: { ApiKeyRequired: true }", "api_key")]
    [Arguments("ApiGateway::RestApi", "Name: a, ApiKeySourceType: AUTHORIZER", "unsupported")]
    [Arguments("ApiGateway::RestApi", "Name: a, ApiKeySourceType: HEADER", "api_key")]
    [Arguments("ApiGateway::RestApi", "Body", "unsupported")]
    public async Task Routes_that_ask_for_a_key_of_the_authorizer_are_closed(string type, string api, string guard)
    {
        var text = Of(type, api);
        await Assert.That($"{Templates.Read(text).Routes.Single().Authorizer?["type"]}").IsEqualTo(guard);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })).Contains(
            "/x is ignored: it asks for a key that its authorizer gives", StringComparison.Ordinal))
            .IsEqualTo(guard == "unsupported");
    }

    private static string Of(string type, string api) => (type, api) switch
    {
        ("Serverless::Api", _) => $$"""
            Resources:
              A: { Type: AWS::Serverless::Api, Properties: { StageName: p, {{api}} } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { Path: /x, Method: get, RestApiId: !Ref A } } } } }
            """,
        (_, "Body") => $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { swagger: '2.0',
                  info: { title: a, version: '1' },
                  x-amazon-apigateway-api-key-source: AUTHORIZER,
                  securityDefinitions: { k: { type: apiKey, name: x-api-key, in: header } },
                  paths: { /x: { get: { security: [{ k: [] }],
                      x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: {{Uri}} } } } } } } }
            """,
        _ => $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              A: { Type: AWS::ApiGateway::RestApi, Properties: { {{api}} } }
              R: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref A, PathPart: x,
                  ParentId: !GetAtt A.RootResourceId } }
              M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref A, ResourceId: !Ref R, HttpMethod: GET,
                  AuthorizationType: NONE, ApiKeyRequired: true,
                  Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
            """,
    };
}

namespace Esb.Sam.Tests.Apis;

/// <summary>API keys that come from an authorizer instead of the caller.</summary>
internal sealed class KeySourceTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private const string Closed = "its API takes API keys from its authorizer, which is not served";

    [Test]
    [Arguments("AUTHORIZER", true)]
    [Arguments("!Ref Source", true)]
    [Arguments("HEADER", false)]
    [Arguments("!Ref AWS::NoValue", false)]
    public async Task A_route_that_needs_such_a_key_is_closed(string source, bool isClosed)
    {
        foreach (var api in new[]
        {
            $"StageName: p, ApiKeySourceType: {source}, Auth: {{ ApiKeyRequired: true }}",
            $"StageName: p, ApiKeySourceType: {source}, Auth: {{ ApiKeyRequired: true, DefaultAuthorizer: L, "
                + "Authorizers: { L: { FunctionArn: !GetAtt F.Arn } } }",
        })
            await Check(Sam(api), isClosed);
        await Check(Plain($"ApiKeySourceType: {source}, "), isClosed);
        await Check(Plain("", $"x-amazon-apigateway-api-key-source: {source}, "), isClosed);
    }

    [Test]
    public async Task A_route_that_needs_no_key_is_served() =>
        await Assert.That(Templates.Read(Sam("StageName: p, ApiKeySourceType: AUTHORIZER")).Routes[0].Authorizer)
            .IsNull();

    [Test]
    [Arguments("AWS::Serverless::Api", "StageName: p, ")]
    [Arguments("AWS::ApiGateway::RestApi", "Name: a, ")]
    public async Task An_unknown_source_is_an_error(string type, string properties) =>
        await Assert.That(Templates.Message(
            $"Resources: {{ A: {{ Type: {type}, Properties: {{ {properties}ApiKeySourceType: authoriser }} }} }}"))
            .Contains("error: A: 'ApiKeySourceType' is 'authoriser'");

    private static async Task Check(string text, bool isClosed)
    {
        await Assert.That(Templates.Read(text).Routes[0].Closed).IsEqualTo(isClosed ? Closed : null).Because(text);
        await Assert.That(Templates.Messages(text).Exists(m => m.Contains(
            $"GET /a: the route is closed: {Closed}", StringComparison.Ordinal))).IsEqualTo(isClosed);
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true }).Exists(m => m.Contains(
            $"GET /a is ignored: {Closed}; the route is closed", StringComparison.Ordinal))).IsEqualTo(isClosed);
    }

    private static string Sam(string properties) => $$"""
        Parameters: { Source: { Type: String, Default: AUTHORIZER } }
        Resources:
          A: { Type: AWS::Serverless::Api, Properties: { {{properties}} } }
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
              Events: { E: { Type: Api, Properties: { Path: /a, Method: get, RestApiId: !Ref A } } } } }
        """;

    private static string Plain(string properties, string top = "") => $$"""
        Parameters: { Source: { Type: String, Default: AUTHORIZER } }
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          A: { Type: AWS::ApiGateway::RestApi, Properties: { {{properties}}Body: { swagger: '2.0', {{top}}
              securityDefinitions: { K: { type: apiKey, name: x-api-key, in: header } },
              paths: { /a: { get: { security: [{ K: [] }], x-amazon-apigateway-integration: { type: aws_proxy,
              httpMethod: POST, uri: {{Uri}} } } } } } } }
        """;
}

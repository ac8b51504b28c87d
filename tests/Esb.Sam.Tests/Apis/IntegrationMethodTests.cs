using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// API Gateway refuses an integration of a REST API without an HTTP method ("Enumeration value for HttpMethod must be
/// non-empty"), and calls functions with POST only.
/// </summary>
internal sealed class IntegrationMethodTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private const string Refused = "its integration has no HTTP method, and API Gateway refuses it";

    [Test]
    [Arguments("AWS_PROXY", Uri)]
    [Arguments("AWS", Uri)]
    [Arguments("HTTP_PROXY", "'https://example.com'")]
    public async Task An_integration_of_a_REST_API_without_a_method_closes_its_route(string type, string uri)
    {
        foreach (var (without, with) in new[]
        {
            (Method($"Type: {type}, Uri: {uri}"), Method($"Type: {type}, IntegrationHttpMethod: POST, Uri: {uri}")),
            (
                Definition($"type: {type}, uri: {uri}"),
                Definition($"type: {type}, httpMethod: POST, uri: {uri}")),
        })
        {
            await Assert.That(Templates.Read(without).Routes.Single().Closed).IsEqualTo(Refused).Because(without);
            await Assert.That(Templates.Read(without).Receipt)
                .Contains(l => l.Outcome == Outcome.Ignored && l.Reason == $"{Refused}; the route is closed");
            await Assert.That(Templates.Read(with).Routes.Single().Closed).IsNull().Because(with);
        }
    }

    [Test]
    public async Task An_empty_method_is_a_missing_method() => await Assert.That(
        Templates.Read(Definition($"type: aws_proxy, httpMethod: '', uri: {Uri}")).Routes.Single().Closed)
        .IsEqualTo(Refused);

    [Test]
    public async Task An_integration_of_an_HTTP_API_needs_no_method() => await Assert.That(Templates.Read(
        Definition($"type: aws_proxy, payloadFormatVersion: '2.0', uri: {Uri}")
            .Replace("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", StringComparison.Ordinal))
        .Routes.Single().Closed).IsNull();

    [Test]
    [Arguments("post", false)]
    [Arguments("GET", true)]
    [Arguments("ANY", true)]
    public async Task A_definition_that_calls_a_function_with_another_method_is_a_line(string method, bool isSaid) =>
        await Assert.That(Templates.Read(Definition($"type: aws_proxy, httpMethod: {method}, uri: {Uri}")).Receipt.Any(
            l => l.Property == "GET /a.httpMethod"
                && l.Reason == $"it is {method}, but functions are called with POST")).IsEqualTo(isSaid);

    private static string Method(string integration) => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          A: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
          M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref A, ResourceId: !GetAtt A.RootResourceId,
              HttpMethod: GET, AuthorizationType: NONE, Integration: { {{integration}} } } }
        """;

    private static string Definition(string integration) => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          A: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { openapi: 3.0.1, info: { title: a, version: '1' },
              paths: { /a: { get: { x-amazon-apigateway-integration: { {{integration}} } } } } } } }
        """;
}

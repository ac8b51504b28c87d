using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>Parts of an API that belong to another API, or to one that is in no template.</summary>
internal sealed class OwnerTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    [Test]
    [Arguments("!Ref A", null)]
    [Arguments("!Ref B", "its integration 'I' belongs to the API 'B'")]
    [Arguments("elsewhere", "its integration 'I' belongs to the API 'elsewhere'")]
    public async Task A_route_to_an_integration_of_another_API_is_closed(string api, string? reason)
    {
        var template = Templates.Read($$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              A: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: HTTP } }
              B: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: b, ProtocolType: HTTP } }
              I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: {{api}}, IntegrationType: AWS_PROXY,
                  IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: '2.0' } }
              R: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref A, RouteKey: GET /a,
                  AuthorizationType: NONE, Target: !Sub 'integrations/${I}' } }
            """);
        await Assert.That(template.Routes.Single().Closed).IsEqualTo(reason);
        await Assert.That(template.Receipt.Any(l => l.Outcome == Outcome.Ignored
            && l.Reason == $"{reason}; the route is closed")).IsEqualTo(reason is not null);
    }

    [Test]
    [Arguments("!Ref A", null)]
    [Arguments("!Ref B", "its resource 'X' belongs to the API 'B'")]
    [Arguments("elsewhere", "its resource 'X' belongs to the API 'elsewhere'")]
    public async Task A_method_of_a_resource_of_another_API_is_closed(string api, string? reason)
    {
        var template = Templates.Read($$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              A: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
              B: { Type: AWS::ApiGateway::RestApi, Properties: { Name: b } }
              X: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: {{api}},
                  ParentId: !GetAtt A.RootResourceId, PathPart: x } }
              M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref A, ResourceId: !Ref X, HttpMethod: GET,
                  AuthorizationType: NONE,
                  Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
            """);
        await Assert.That(template.Routes.Single().Closed).IsEqualTo(reason);
        await Assert.That(template.Receipt.Any(l => l.Outcome == Outcome.Ignored && l.Reason == reason))
            .IsEqualTo(reason is not null);
    }

    [Test]
    [Arguments("AWS::ApiGateway::Resource", "RestApiId: gone, ParentId: root, PathPart: x")]
    [Arguments("AWS::ApiGateway::Authorizer", "RestApiId: gone, Name: n, Type: REQUEST, AuthorizerUri: u, "
        + "IdentitySource: method.request.header.A")]
    [Arguments("AWS::ApiGatewayV2::Integration", "ApiId: gone, IntegrationType: AWS_PROXY, IntegrationUri: u, "
        + "PayloadFormatVersion: '2.0'")]
    [Arguments("AWS::ApiGatewayV2::Authorizer", "ApiId: gone, Name: n, AuthorizerType: JWT, IdentitySource: "
        + "[$request.header.A], JwtConfiguration: { Issuer: 'https://i', Audience: [a] }")]
    public async Task A_part_of_an_API_in_no_template_is_a_line(string type, string properties)
    {
        var line = Templates.Read($"Resources: {{ P: {{ Type: {type}, Properties: {{ {properties} }} }} }}").Receipt
            .Single(l => l.Reason == "the API 'gone' is in no template that is deployed with it");
        await Assert.That((line.Resource, line.Property, line.Outcome))
            .IsEqualTo(("P", properties.Split(':')[0], Outcome.Ignored));
    }

    [Test]
    public async Task A_part_of_a_WebSocket_API_has_no_second_line() => await Assert.That(Templates.Read("""
        Resources:
          W: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: w, ProtocolType: WEBSOCKET,
              RouteSelectionExpression: $request.body.action } }
          I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref W, IntegrationType: MOCK } }
        """).Receipt).DoesNotContain(l => l.Reason.Contains("in no template", StringComparison.Ordinal));
}

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// A key for access control, in a place or under a name where it is not read. CloudFormation refuses it, and so does
/// ESB.
/// </summary>
internal sealed class GuardPlaceTests
{
    [Test]
    public async Task A_description_next_to_the_properties_is_a_line_and_not_an_error()
    {
        const string Template = "Resources:\n  F: { Type: AWS::Serverless::Function, Description: it, "
            + "Properties: { Runtime: python3.12, Handler: a.b, CodeUri: src/ } }\n";
        await Assert.That(string.Join("\n", Templates.Messages(Template))).DoesNotContain("unknown attribute");
    }

    [Test]
    [Arguments("AWS::Serverless::Api", "Auth: { ApiKeyRequired: true }")]
    [Arguments("AWS::Serverless::Api", "Domain: { DomainName: a.example, CertificateArn: c }")]
    [Arguments("AWS::Serverless::Api", "EndpointConfiguration: { Type: PRIVATE }")]
    [Arguments("AWS::Serverless::Api", "DefinitionBody: { openapi: 3.0.1, paths: {} }")]
    [Arguments("AWS::Serverless::HttpApi", "Auth: { DefaultAuthorizer: A }")]
    [Arguments("AWS::Serverless::HttpApi", "ResourcePolicy: {}")]
    [Arguments("AWS::ApiGateway::RestApi", "Policy: {}")]
    [Arguments("AWS::ApiGateway::Stage", "Authorizer: x")]
    public async Task A_property_next_to_Properties_is_an_error(string type, string attribute)
    {
        var message = string.Join(
            "\n",
            Templates.Messages($"Resources:\n  A: {{ Type: {type}, Properties: {{ StageName: p }}, {attribute} }}\n"));
        await Assert.That(message)
            .Contains($"A: unknown attribute '{attribute.Split(':')[0]}'; it is a property: put it below 'Properties'");
    }

    [Test]
    [Arguments("AuthType: JWT")]
    [Arguments("Auth: { Type: JWT }")]
    [Arguments("Policy: {}")]
    [Arguments("ApiKey: true")]
    [Arguments("RequireApiKey: true")]
    [Arguments("Security: [ { A: [] } ]")]
    [Arguments("AuthMode: JWT")]
    [Arguments("ResourcePolicy: {}")]
    public async Task A_property_that_routes_and_methods_do_not_have_is_an_error(string property)
    {
        var route = string.Join("\n", Templates.Messages($"Resources:\n  R: {{ Type: AWS::ApiGatewayV2::Route, "
            + $"Properties: {{ ApiId: a, RouteKey: GET /a, {property} }} }}\n"));
        var method = string.Join("\n", Templates.Messages($"Resources:\n  M: {{ Type: AWS::ApiGateway::Method, "
            + $"Properties: {{ RestApiId: a, ResourceId: r, HttpMethod: GET, {property} }} }}\n"));
        await Assert.That(route).Contains($"R: unknown property '{property.Split(':')[0]}'");
        await Assert.That(method).Contains($"M: unknown property '{property.Split(':')[0]}'");
    }
}

namespace Esb.Sam.Tests.Apis;

/// <summary>An API that only a VPC can reach is closed, and so is one that names VPC endpoints.</summary>
internal sealed class PrivateApiTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    [Test]
    [Arguments("EndpointConfiguration: { Type: PRIVATE }", true)]
    [Arguments("EndpointConfiguration: { VPCEndpointIds: [vpce-1] }", true)]
    [Arguments("EndpointConfiguration: { Type: REGIONAL, VPCEndpointIds: [vpce-1] }", true)]
    [Arguments("EndpointConfiguration: { Type: REGIONAL, VPCEndpointIds: [] }", false)]
    [Arguments("EndpointConfiguration: { Type: REGIONAL }", false)]
    public async Task An_API_of_SAM(string configuration, bool isClosed) => await CheckAsync(
        $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}}, Events: { E: {
              Type: Api, Properties: { RestApiId: !Ref A, Path: /a, Method: get } } } } }
          A: { Type: AWS::Serverless::Api, Properties: { StageName: p, {{configuration}} } }
        """,
        isClosed);

    [Test]
    [Arguments("EndpointConfiguration: { VpcEndpointIds: [vpce-1] },", "swagger: '2.0'", true)]
    [Arguments("", "swagger: '2.0', x-amazon-apigateway-endpoint-configuration: { vpcEndpointIds: [vpce-1] }", true)]
    [Arguments(
        "",
        "openapi: 3.0.1, servers: [{ x-amazon-apigateway-endpoint-configuration: { vpcEndpointIds: [vpce-1] } }]",
        true)]
    [Arguments("", "swagger: '2.0', x-amazon-apigateway-endpoint-configuration: { ipAddressType: ipv4 }", false)]
    public async Task An_API_with_a_definition(string configuration, string definition, bool isClosed) =>
        await CheckAsync(Defined(configuration, definition), isClosed);

    [Test]
    [Arguments("basepath: prepend", true)]
    [Arguments("basepath: split", true)]
    [Arguments("basepath: ignore", false)]
    [Arguments("ignore: documentation", false)]
    public async Task A_base_path_that_is_not_put_in_front_is_a_warning(string parameter, bool isSaid)
    {
        var text = Defined($"Parameters: {{ {parameter} }},", "swagger: '2.0', basePath: /v1");
        var said = string.Join('\n', Templates.Messages(text));
        await Assert.That(said.Contains(
            $"A: its paths are served without /v1: '{parameter}' of Parameters is ignored", StringComparison.Ordinal))
            .IsEqualTo(isSaid).Because(said);
    }

    private static string Defined(string configuration, string definition) => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          A: { Type: AWS::ApiGateway::RestApi, Properties: { {{configuration}} Body: { {{definition}}, paths: {
              /a: { get: { x-amazon-apigateway-integration: {
              type: aws_proxy, httpMethod: POST, uri: {{Uri}} } } } } } } }
        """;

    private static async Task CheckAsync(string template, bool isClosed)
    {
        var route = Templates.Read(template).Routes.Single();
        await Assert.That(route.Authorizer?["reason"]?.ToString())
            .IsEqualTo(isClosed ? "it is private to a VPC of AWS" : null);
        await Assert.That(string.Join('\n', Templates.Messages(template))
            .Contains("A: the routes are closed: it is private to a VPC of AWS", StringComparison.Ordinal))
            .IsEqualTo(isClosed);
    }
}

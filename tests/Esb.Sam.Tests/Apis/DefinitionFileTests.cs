namespace Esb.Sam.Tests.Apis;

/// <summary>
/// A plain API whose definition is a file of the project, as <c>aws cloudformation package</c> takes it.
/// </summary>
internal sealed class DefinitionFileTests
{
    private const string Guarded = "paths: { /x: { get: { x-amazon-apigateway-auth: { type: AWS_IAM }, "
        + "x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: "
        + "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' } } } }\n";

    [Test]
    [Arguments("AWS::ApiGateway::RestApi", "swagger: '2.0'\n")]
    [Arguments("AWS::ApiGatewayV2::Api", "openapi: 3.0.1\n")]
    public async Task The_file_is_read_with_the_guards_of_its_routes(string type, string version)
    {
        using var project = new Project(
            ("template.yaml", Of(type, "api/swagger.yaml")),
            ("api/swagger.yaml", version + "info: { title: a, version: '1' }\n" + Guarded));
        var route = project.Read().Routes.Single();
        await Assert.That($"{route.Method} {route.Path} {route.Authorizer?["type"]}").IsEqualTo("GET /x iam");
    }

    [Test]
    [Arguments("AWS::ApiGateway::RestApi")]
    [Arguments("AWS::ApiGatewayV2::Api")]
    public async Task A_missing_file_and_a_URL_are_errors(string type)
    {
        await Assert.That(string.Join('\n', Templates.Messages(Of(type, "nowhere.yaml")))).Contains("error: ")
            .And.Contains("nowhere.yaml");
        await Assert.That(string.Join('\n', Templates.Messages(Of(type, "s3://b/k"))))
            .Contains("'BodyS3Location' must be a mapping");
    }

    private static string Of(string type, string location) => Templates.FunctionWith("Timeout: 3")
        + $"  A: {{ Type: {type}, Properties: {{ Name: a, BodyS3Location: {location} }} }}\n";
}

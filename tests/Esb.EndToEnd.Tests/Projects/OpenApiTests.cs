using System.Net;
using System.Text.Json.Nodes;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Projects;

/// <summary>APIs that are described by OpenAPI instead of by events of functions.</summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class OpenApiTests(Platform platform)
{
    // Three definitions as people write them: in the template, in an included file, and for an HTTP API.
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Described:
            Type: AWS::Serverless::Function
            Properties: { FunctionName: described, CodeUri: src/, Handler: app.handler, Runtime: python3.11 }
          Rest:
            Type: AWS::Serverless::Api
            Properties:
              StageName: live
              DefinitionBody:
                swagger: '2.0'
                info: { title: orders, version: '1' }
                paths:
                  /described/rest/{id}:
                    get:
                      parameters: [{ name: id, in: path, required: true, type: string }]
                      x-amazon-apigateway-integration:
                        type: aws_proxy
                        httpMethod: POST
                        uri: !Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Described.Arn}/invocations'
          Included:
            Type: AWS::Serverless::Api
            Properties:
              StageName: live
              DefinitionBody: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: api/openapi.yaml } } }
          Http:
            Type: AWS::Serverless::HttpApi
            Properties:
              DefinitionBody:
                openapi: 3.0.1
                info: { title: orders, version: '1' }
                paths:
                  /described/http/{id}/{rest+}:
                    x-amazon-apigateway-any-method:
                      x-amazon-apigateway-integration:
                        type: AWS_PROXY
                        httpMethod: POST
                        uri: !Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Described.Arn}/invocations'
                        payloadFormatVersion: '2.0'
        """;

    private const string Definition = """
        openapi: 3.0.1
        info: { title: included, version: '1' }
        paths:
          /described/file/{id}:
            get:
              x-amazon-apigateway-integration:
                type: aws_proxy
                httpMethod: POST
                uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Described.Arn}/invocations' }
        """;

    [Test]
    public async Task Routes_of_an_OpenAPI_definition_answer_with_parameters()
    {
        await platform.DeployAsync(platform.Write(
            "described",
            Template,
            ("api/openapi.yaml", Definition),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': json.dumps(event)}"))));
        var rest = await EventAsync("/described/rest/7");
        await Assert.That($"{rest["resource"]} {rest["pathParameters"]!["id"]} {rest["requestContext"]!["stage"]}")
            .IsEqualTo("/described/rest/{id} 7 live");
        var file = await EventAsync("/described/file/8");
        await Assert.That($"{file["resource"]} {file["pathParameters"]!["id"]}").IsEqualTo("/described/file/{id} 8");
        var http = await EventAsync("/described/http/9/a/b");
        await Assert.That(
            $"{http["version"]} {http["routeKey"]} {http["pathParameters"]!["id"]} {http["pathParameters"]!["rest"]}")
            .IsEqualTo("2.0 ANY /described/http/{id}/{rest+} 9 a/b");
        using var other = await platform.Client.PostAsync("/described/rest/7", null);
        await Assert.That(other.StatusCode).IsEqualTo(HttpStatusCode.Forbidden);
    }

    private async Task<JsonNode> EventAsync(string path) => JsonNode.Parse(await platform.Client.GetStringAsync(path))!;
}

namespace Esb.Sam.Tests.Resolving;

/// <summary>Names of resources that SAM creates mean what they mean on AWS, and similar names are errors.</summary>
internal sealed class GeneratedNameTests
{
    private const string Api = """
          Shop: { Type: AWS::Serverless::Api, Properties: { StageName: live } }
          Web: { Type: AWS::Serverless::HttpApi }
          Pub: { Type: AWS::Serverless::Function, Properties: { CodeUri: s, Handler: a.b, Runtime: python3.12,
              AutoPublishAlias: prod, Events: { Get: { Type: Api, Properties: { Path: /a, Method: get } },
              Web: { Type: HttpApi, Properties: { Path: /b, Method: get } } } } }
        """;

    [Test]
    [Arguments("!Ref Shop.Stage", "live")]
    [Arguments("!Sub '${Shop.Stage}'", "live")]
    [Arguments("!Ref ShopliveStage", "live")]
    [Arguments("!Ref Web.Stage", "$default")]
    [Arguments("!Ref WebApiGatewayDefaultStage", "$default")]
    [Arguments("!Ref ServerlessRestApiProdStage", "Prod")]
    [Arguments("!Ref ServerlessHttpApiApiGatewayDefaultStage", "$default")]
    [Arguments("!Ref ServerlessRestApi", "ServerlessRestApi")]
    [Arguments("!Ref ServerlessHttpApi", "ServerlessHttpApi")]
    [Arguments("!Ref Shop.Deployment", "ShopDeployment")]
    [Arguments("!Ref Pub.Alias", "arn:aws:lambda:us-east-1:000000000000:function:Pub:prod")]
    [Arguments("!Ref PubAliasprod", "arn:aws:lambda:us-east-1:000000000000:function:Pub:prod")]
    [Arguments("!Ref Pub.Version", "arn:aws:lambda:us-east-1:000000000000:function:Pub")]
    [Arguments("!Ref PubVersion0123456789", "arn:aws:lambda:us-east-1:000000000000:function:Pub")]
    [Arguments("!GetAtt PubRole.Arn", "arn:aws:iam::000000000000:role/PubRole")]
    [Arguments("!Ref PubRole", "PubRole")]
    public async Task A_name_that_sam_makes_has_the_value_that_it_has_on_aws(string expression, string expected) =>
        await Assert.That(Templates.Read(Text(expression)).Functions.Single(f => f.Name == "F").Environment["V"])
            .IsEqualTo(expected);

    [Test]
    [Arguments("AWS::ApiGatewayV2::Integration", "IntegrationId")]
    [Arguments("AWS::ApiGatewayV2::Route", "RouteId")]
    [Arguments("AWS::ApiGatewayV2::Stage", "Id")]
    [Arguments("AWS::ApiGatewayV2::Authorizer", "AuthorizerId")]
    [Arguments("AWS::ApiGatewayV2::ApiMapping", "ApiMappingId")]
    [Arguments("AWS::ApiGatewayV2::Api", "ApiId")]
    [Arguments("AWS::ApiGateway::RestApi", "RestApiId")]
    [Arguments("AWS::ApiGateway::Resource", "ResourceId")]
    [Arguments("AWS::ApiGateway::Authorizer", "AuthorizerId")]
    [Arguments("AWS::ApiGateway::Deployment", "DeploymentId")]
    [Arguments("AWS::ApiGateway::ApiKey", "APIKeyId")]
    [Arguments("AWS::ApiGateway::UsagePlan", "Id")]
    [Arguments("AWS::ApiGateway::UsagePlanKey", "Id")]
    [Arguments("AWS::Lambda::LayerVersion", "LayerVersionArn")]
    public async Task The_id_of_a_plain_resource_is_what_ref_gives(string type, string attribute)
    {
        var text = Templates.Variable($"!Sub '${{Plain.{attribute}}} ${{Plain}}'")
            .Replace("Resources:\n", $"Resources:\n  Plain: {{ Type: {type} }}\n", StringComparison.Ordinal);
        var diagnostics = new Esb.Schema.Diagnostics.DiagnosticBag();
        SamTemplate.Read(text, "t.yaml", new SamOptions(), diagnostics);
        await Assert.That(diagnostics.Where(d => d.Message.Contains($"Plain.{attribute}", StringComparison.Ordinal)))
            .IsEmpty();
    }

    [Test]
    [Arguments("!Ref PubGetPermission")]
    [Arguments("!Ref PubGetPermissionProd")]
    public async Task A_resource_that_SAM_creates_and_ESB_does_not_is_a_warning_that_names_it(string expression) =>
        await Assert.That(Templates.Message(Text(expression))).Contains("warning: Pub")
            .And.Contains("SAM creates it on AWS, but ESB does not");

    [Test]
    [Arguments("!Ref ShopProdStage")]
    [Arguments("!Ref ShopStages")]
    [Arguments("!Ref Shop.Stages")]
    [Arguments("!Ref PubAliaslive")]
    [Arguments("!Ref F.Alias")]
    [Arguments("!Ref PubGetPermision")]
    [Arguments("!Ref PubRoles")]
    [Arguments("!Ref Pub.Arn")]
    public async Task A_name_that_only_resembles_such_a_name_is_an_error(string expression) =>
        await Assert.That(Templates.Message(Text(expression))).Contains(
            expression == "!Ref F.Alias" ? "F.Alias" : $"error: there is no parameter or resource '{expression[5..]}'");

    private static string Text(string expression) =>
        Templates.Variable(expression).Replace("Resources:\n", "Resources:\n" + Api + "\n", StringComparison.Ordinal);
}

using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Applications;

/// <summary>The parts of one API in several templates, passed on as parameters and outputs.</summary>
internal sealed class NestedApiTests
{
    private const string Open = "AuthorizationType: NONE";

    private static readonly string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private static readonly string Proxy =
        $"Integration: {{ Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {Uri} }}";

    // The API that is passed to the child also has an open route for all requests that the child's routes do not take.
    private static readonly string Parent = $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          Plain: { Type: AWS::ApiGateway::RestApi, Properties: { Name: plain } }
          Any: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Plain,
              ParentId: !GetAtt Plain.RootResourceId, PathPart: '{proxy+}' } }
          Admin: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Plain,
              ParentId: !GetAtt Plain.RootResourceId, PathPart: admin } }
          AnyMethod: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Plain, ResourceId: !Ref Any,
              HttpMethod: ANY, {{Open}}, {{Proxy}} } }
          Guard: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Plain, Name: g, Type: TOKEN,
              AuthorizerUri: {{Uri}}, IdentitySource: method.request.header.X } }
          Http: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: http, ProtocolType: HTTP } }
          Jwt: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { ApiId: !Ref Http, Name: j, AuthorizerType: JWT,
              IdentitySource: ['$request.header.Authorization'], JwtConfiguration: {
              Issuer: 'https://id', Audience: [a] } } }
          Shared: { Type: AWS::ApiGatewayV2::Integration, Properties: {
              ApiId: !Ref Http, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt F.Arn,
              PayloadFormatVersion: '2.0' } }
          HttpAny: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: 'ANY /http/{proxy+}',
              Target: !Sub 'integrations/${Shared}' } }
          Sam: { Type: AWS::Serverless::Api, Properties: { StageName: live, Auth: { DefaultAuthorizer: AWS_IAM } } }
          SamHttp: { Type: AWS::Serverless::HttpApi, Properties: { StageName: live } }
        """;

    private const string Parameters = "Parameters: { Api: { Type: String, Default: x }, Root: { Type: String, "
        + "Default: x }, Auth: { Type: String, Default: x }, Target: { Type: String, Default: x } }";

    private static readonly string RestChild = $$"""
        {{Parameters}}
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          Part: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Root,
              PathPart: in } }
          M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !Ref Part, HttpMethod: GET,
              AuthorizationType: CUSTOM, AuthorizerId: !Ref Auth, {{Proxy}} } }
        """;

    private const string HttpChild = $$"""
        {{Parameters}}
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Runtime: python3.12 } }
          Own: { Type: AWS::ApiGatewayV2::Integration, Properties: {
              ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt F.Arn,
              PayloadFormatVersion: '1.0' } }
          R: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: GET /in,
              Target: !Sub 'integrations/${Own}', AuthorizationType: JWT, AuthorizerId: !Ref Auth } }
          Handed: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: GET /handed,
              Target: !Sub 'integrations/${Target}' } }
        """;

    public static IEnumerable<Func<(string Child, string Given, string Expected)>> Parts() =>
    [
        () => (
            RestChild,
            "Api: !Ref Plain, Root: !GetAtt Plain.RootResourceId, Auth: !Ref Guard",
            "GET /in Child-F Plain Prod lambda"),
        () => (
            RestChild,
            "Api: !Ref Plain, Root: !Ref Admin, Auth: !Ref Guard",
            "GET /admin/in Child-F Plain Prod lambda"),
        () => (
            RestChild,
            "Api: !Ref Plain, Root: !GetAtt Plain.RootResourceId, Auth: other",
            "GET /in Child-F Plain Prod unsupported"),
        () => (
            RestChild,
            "Api: !Ref Sam, Root: !GetAtt Sam.RootResourceId, Auth: !Ref Guard",
            "GET /in Child-F Sam live unsupported"),
        () => (RestChild, "Api: a1b2c3, Root: d4e5f6, Auth: g7h8i9", "GET /in  a1b2c3 Prod unsupported"),
        () => (RestChild, "Api: !Ref Http, Root: d4e5f6, Auth: g7h8i9", "GET /in  Http Prod unsupported"),
        () => (RestChild, "Api: !Ref Plain, Root: d4e5f6, Auth: !Ref Guard", "GET /in  Plain Prod unsupported"),
        () => (
            HttpChild,
            "Api: !Ref Http, Auth: !Ref Jwt, Target: !Ref Shared",
            "GET /in Child-F Http $default jwt|GET /handed F Http $default open"),
        () => (
            HttpChild,
            "Api: !Ref SamHttp, Auth: !Ref Jwt, Target: !Ref Shared",
            "GET /in Child-F SamHttp live unsupported|GET /handed  SamHttp live unsupported"),
        () => (
            HttpChild,
            "Api: a1b2c3, Auth: !Ref Jwt, Target: !Ref Shared",
            "GET /in  a1b2c3 $default unsupported|GET /handed  a1b2c3 $default unsupported"),
        () => (
            HttpChild,
            "Api: !Ref Plain, Auth: !Ref Jwt, Target: !Ref Shared",
            "GET /in  Plain $default unsupported|GET /handed  Plain $default unsupported"),
    ];

    [Test]
    [MethodDataSource(nameof(Parts))]
    public async Task Routes_of_resources_in_an_application_are_those_of_the_API_they_name_or_closed(
        string child,
        string given,
        string expected)
    {
        foreach (var (type, location) in new[]
        {
            ("AWS::Serverless::Application", "Location"), ("AWS::CloudFormation::Stack", "TemplateURL"),
        })
        {
            using var project = new Project(
                ("template.yaml", $"{Parent}\n  Child: {{ Type: {type}, Properties: {{ {location}: child.yaml, "
                    + $"Parameters: {{ {given} }} }} }}\n"), ("child.yaml", child));
            await Assert.That(Routes(project.Read())).IsEqualTo(expected);
            await Assert.That(IsStrict(project)).IsEqualTo(expected.Contains("unsupported", StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task An_API_is_passed_through_nested_applications_and_from_one_to_its_neighbour()
    {
        using var project = new Project(
            ("template.yaml", """
            Resources:
              Maker: { Type: AWS::Serverless::Application, Properties: { Location: maker.yaml } }
              User: { Type: AWS::Serverless::Application, Properties: {
                  Location: middle.yaml, Parameters: { Api: !GetAtt Maker.Outputs.Api, Root: !GetAtt Maker.Outputs.Root,
                  Auth: !GetAtt Maker.Outputs.Auth } } }
            """),
            ("maker.yaml", Parent + "\nOutputs: { Api: { Value: !Ref Plain }, Root: { "
                + "Value: !GetAtt Plain.RootResourceId }, Auth: { Value: !Ref Guard } }\n"),
            ("middle.yaml", "Parameters: { Api: { Type: String }, Root: { Type: String }, Auth: { "
                + "Type: String } }\nResources:\n  Child: { Type: AWS::Serverless::Application, Properties: { "
                + "Location: child.yaml, Parameters: { Api: !Ref Api, Root: !Ref Root, Auth: !Ref Auth } } }\n"),
            ("child.yaml", RestChild));
        await Assert.That(Routes(project.Read())).IsEqualTo("GET /in User-Child-F Maker-Plain Prod lambda");
        await Assert.That(IsStrict(project)).IsFalse();
    }

    [Test]
    public async Task Authorizers_stages_keys_and_plans_of_an_API_may_be_in_nested_templates_too()
    {
        var parts = """
            Parameters: { Api: { Type: String }, Http: { Type: String }, Plan: { Type: String }, Key: { Type: String } }
            Resources:
              Stage: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, StageName: below,
                  Variables: { v: w } } }
              HttpStage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Http, StageName: beside } }
              Link: { Type: AWS::ApiGateway::UsagePlanKey, Properties: {
                  KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan } }
            """;
        using var project = new Project(
            ("template.yaml", Parent + """

              Key: { Type: AWS::ApiGateway::ApiKey, Properties: { Name: partner, Enabled: true,
                  Value: secret-value-of-twenty } }
              Plan: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{
                  ApiId: !Ref Plain, Stage: below }] } }
              Child: { Type: AWS::Serverless::Application, Properties: {
                  Location: child.yaml, Parameters: { Api: !Ref Plain, Http: !Ref Http, Plan: !Ref Plan,
                  Key: !Ref Key } } }
            """),
            ("child.yaml", parts));
        var template = project.Read();
        await Assert.That(template.Routes.Select(r => r.Stage!).Distinct()).IsEquivalentTo(["below", "beside"]);
        await Assert.That(template.Routes[0].StageVariables!["v"]!.ToString()).IsEqualTo("w");
        await Assert.That(Esb.Schema.Yaml.YamlTextWriter.Write(template.ApiKeys.Single()))
            .Contains("partner")
            .And.Contains("api: Plain")
            .And.Contains("stage: below");
    }

    [Test]
    [Arguments("Api", "RestApiId: !Ref Plain", "/other", "GET /other  unsupported")]
    [Arguments("Api", "RestApiId: !Ref Plain", "/admin", "GET /admin F jwt")]
    [Arguments("HttpApi", "ApiId: !Ref Http", "/other", "GET /other  unsupported")]
    [Arguments("HttpApi", "ApiId: !Ref Http", "/admin", "GET /admin F jwt")]
    public async Task An_event_on_a_separate_API_is_a_method_of_that_API_or_closed(
        string kind,
        string api,
        string path,
        string expected)
    {
        const string Operation = "x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: @ }";
        var body = kind == "Api"
            ? "AWS::ApiGateway::RestApi, Properties: { Body: { swagger: '2.0', securityDefinitions: { j: { type: "
            + "apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: { type: cognito_user_pools, "
            + "providerARNs: ['arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_abc'] } } }"
            : "AWS::ApiGatewayV2::Api, Properties: { Body: { openapi: 3.0.1, components: { securitySchemes: { "
                + "j: { type: oauth2, x-amazon-apigateway-authorizer: { type: jwt, identitySource: "
                + "$request.header.Authorization, jwtConfiguration: { issuer: 'https://id', audience: [a] } } } } }";
        var name = kind == "Api" ? "Plain" : "Http";
        var text = $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              {{name}}: { Type: {{body}}, paths: { /admin: { get: { security: [{ j: [] }],
                  {{Operation.Replace("@", Uri, StringComparison.Ordinal)}} } },
                  '/{proxy+}': { x-amazon-apigateway-any-method: {
                  {{Operation.Replace("@", Uri, StringComparison.Ordinal)}} } } } } } }
              Child: { Type: AWS::Serverless::Application, Properties: {
                  Location: child.yaml, Parameters: { Api: {{api[(api.IndexOf('!', StringComparison.Ordinal))..]}} } } }
            """;
        var child = $$"""
            Parameters: { Api: { Type: String } }
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: {{kind}}, Properties: { {{api.Split(':')[0]}}: !Ref Api, Path: {{path}},
                  Method: get } } } } }
            """;
        using var project = new Project(("template.yaml", text), ("child.yaml", child));
        var route = project.Read().Routes.Single(r => r.Path == path);
        await Assert.That($"{route.Method} {route.Path} {route.Function} {route.Authorizer?["type"]}")
            .IsEqualTo(expected);
        await Assert.That(IsStrict(project)).IsEqualTo(path == "/other");
    }

    private static bool IsStrict(Project project)
    {
        try
        {
            project.Read(options: new SamOptions { Strict = true });
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static string Routes(SamTemplate template) => string.Join('|', template.Routes
        .Where(r => !r.Path.Contains("proxy", StringComparison.Ordinal))
        .Select(
            r => $"{r.Method} {r.Path} {r.Function} {r.Api} {r.Stage} {r.Authorizer?["type"]?.ToString() ?? "open"}"));
}

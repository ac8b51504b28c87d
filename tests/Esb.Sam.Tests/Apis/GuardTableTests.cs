using Esb.Sam.Generating;
using Esb.Sam.Receipts;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Type of authorization × authorizer × scopes × key, in every place where one can be written: honoured, or closed
/// with a line that <c>--strict</c> refuses. Nothing that is meant as a guard is open.
/// </summary>
internal sealed class GuardTableTests
{
    private const string Pool = "arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_abc";

    private static readonly string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private static readonly string Function =
        $"F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }}";

    // What the route has, and the result: open, a type of routing.yml, or closed.
    public static IEnumerable<Func<(string Guard, string Expected)>> OfMethods() => Rows(
        ("", "open"),
        ("AuthorizationType: NONE", "open"),
        ("AuthorizerId: !Ref Fn", "closed"),
        ("AuthorizationType: NONE, AuthorizerId: !Ref Fn", "closed"),
        ("AuthorizationType: NONE, AuthorizerId: !Ref Pool", "closed"),
        ("AuthorizationType: AWS_IAM", "closed"),
        ("AuthorizationType: AWS_IAM, ApiKeyRequired: true", "closed"),
        ("AuthorizationType: CUSTOM", "closed"),
        ("AuthorizationType: CUSTOM, AuthorizerId: gone", "closed"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Fn", "lambda"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Pool", "closed"),
        ("AuthorizationType: COGNITO_USER_POOLS, AuthorizerId: !Ref Fn", "closed"),
        ("AuthorizationType: COGNITO_USER_POOLS, AuthorizerId: !Ref Pool", "jwt"),
        ("AuthorizationType: COGNITO_USER_POOLS, AuthorizerId: !Ref Pool, AuthorizationScopes: [s]", "jwt"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref OfOther", "closed"),
        ("AuthorizationScopes: [s]", "closed"),
        ("AuthorizationType: NONE, AuthorizationScopes: [s]", "closed"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Fn, AuthorizationScopes: [s]", "closed"),
        ("ApiKeyRequired: true", "api_key"),
        ("AuthorizationType: NONE, ApiKeyRequired: true", "api_key"),
        ("AuthorizationType: NONE, ApiKeyRequired: true, AuthorizationScopes: [s]", "closed"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Fn, ApiKeyRequired: true", "lambda+key"),
        (
            "AuthorizationType: COGNITO_USER_POOLS, AuthorizerId: !Ref Pool, ApiKeyRequired: true, "
                + "AuthorizationScopes: [s]", "jwt+key"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Expressed", "closed"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Nowhere", "closed"));

    [Test]
    [MethodDataSource(nameof(OfMethods))]
    public async Task A_method_of_a_REST_API_has_the_guard_that_it_names_or_admits_nobody(
        string guard,
        string expected) => await HoldAsync(expected, $$"""
        Resources:
          {{Function}}
          Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
          Other: { Type: AWS::ApiGateway::RestApi, Properties: { Name: o } }
          Fn: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Api, Name: f, Type: TOKEN,
              AuthorizerUri: {{Uri}}, IdentitySource: method.request.header.X } }
          OfOther: { Type: AWS::ApiGateway::Authorizer, Properties: {
              RestApiId: !Ref Other, Name: f, Type: TOKEN, AuthorizerUri: {{Uri}},
              IdentitySource: method.request.header.X } }
          Nowhere: { Type: AWS::ApiGateway::Authorizer, Properties: {
              RestApiId: !Ref Api, Name: n, Type: TOKEN, AuthorizerUri: x, IdentitySource: method.request.header.X } }
          Expressed: { Type: AWS::ApiGateway::Authorizer, Properties: {
              RestApiId: !Ref Api, Name: e, Type: REQUEST, AuthorizerUri: {{Uri}},
              IdentitySource: method.request.header.X, IdentityValidationExpression: a } }
          Pool: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Api, Name: p,
              Type: COGNITO_USER_POOLS, ProviderARNs: ['{{Pool}}'] } }
          M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId,
              HttpMethod: GET, {{guard}}{{Comma(guard)}}
              Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
        """);

    public static IEnumerable<Func<(string Guard, string Expected)>> OfRoutes() => Rows(
        ("", "open"),
        ("AuthorizationType: NONE", "open"),
        ("AuthorizerId: !Ref Jwt", "closed"),
        ("AuthorizationType: NONE, AuthorizerId: !Ref Jwt", "closed"),
        ("AuthorizationType: AWS_IAM", "closed"),
        ("AuthorizationType: JWT", "closed"),
        ("AuthorizationType: JWT, AuthorizerId: !Ref Jwt", "jwt"),
        ("AuthorizationType: JWT, AuthorizerId: !Ref Jwt, AuthorizationScopes: [s]", "jwt"),
        ("AuthorizationType: JWT, AuthorizerId: !Ref Fn", "closed"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Jwt", "closed"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Fn", "lambda"),
        ("AuthorizationType: CUSTOM, AuthorizerId: !Ref Fn, AuthorizationScopes: [s]", "closed"),
        ("AuthorizationScopes: [s]", "closed"),
        ("AuthorizationType: NONE, AuthorizationScopes: [s]", "closed"),
        ("ApiKeyRequired: true", "api_key"),
        ("AuthorizationType: JWT, AuthorizerId: !Ref Jwt, ApiKeyRequired: true", "jwt+key"));

    [Test]
    [MethodDataSource(nameof(OfRoutes))]
    public async Task A_route_of_an_HTTP_API_has_the_guard_that_it_names_or_admits_nobody(
        string guard,
        string expected) => await HoldAsync(expected, $$"""
        Resources:
          {{Function}}
          Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: HTTP } }
          I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY,
              IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: '2.0' } }
          Fn: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { ApiId: !Ref Api, Name: f, AuthorizerType: REQUEST,
              AuthorizerUri: {{Uri}}, AuthorizerPayloadFormatVersion: '2.0' } }
          Jwt: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { ApiId: !Ref Api, Name: j, AuthorizerType: JWT,
              IdentitySource: ['$request.header.Authorization'], JwtConfiguration: {
              Issuer: 'https://id', Audience: [a] } } }
          R: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: GET /a,
              {{guard}}{{Comma(guard)}} Target: !Sub 'integrations/${I}' } }
        """);

    private const string RestAuth =
        "Authorizers: { Pool: { UserPoolArn: '" + Pool + "' }, Fn: { FunctionArn: !GetAtt F.Arn }";

    // The Auth of the API, then that of the event.
    public static IEnumerable<Func<(string Api, string Own, string Expected)>> OfRestEvents() =>
        from row in new (string, string, string)[]
        {
            ("{}", "{}", "open"),
            ("{}", "{ Authorizer: AWS_IAM }", "closed"),
            ("{}", "{ ApiKeyRequired: true }", "api_key"),
            ("{ DefaultAuthorizer: AWS_IAM }", "{}", "closed"),
            ("{ ApiKeyRequired: true }", "{}", "api_key"),
            ("{ ApiKeyRequired: true }", "{ ApiKeyRequired: false }", "open"),
            ($"{{ {RestAuth} }} }}", "{}", "open"),
            ($"{{ {RestAuth} }} }}", "{ Authorizer: Pool }", "jwt"),
            ($"{{ {RestAuth} }} }}", "{ Authorizer: Pool, AuthorizationScopes: [s] }", "jwt"),
            ($"{{ {RestAuth} }} }}", "{ Authorizer: Fn }", "lambda"),
            ($"{{ {RestAuth} }} }}", "{ Authorizer: Fn, AuthorizationScopes: [s] }", "closed"),
            ($"{{ {RestAuth} }} }}", "{ Authorizer: Fn, ApiKeyRequired: true }", "lambda+key"),
            ($"{{ DefaultAuthorizer: Pool, {RestAuth} }} }}", "{}", "jwt"),
            ($"{{ DefaultAuthorizer: Pool, {RestAuth} }} }}", "{ Authorizer: NONE }", "open"),
            ($"{{ DefaultAuthorizer: Pool, {RestAuth} }} }}", "{ ApiKeyRequired: true }", "jwt+key"),
            ($"{{ DefaultAuthorizer: Pool, ApiKeyRequired: true, {RestAuth} }} }}", "{}", "jwt+key"),
            ($"{{ DefaultAuthorizer: Pool, ApiKeyRequired: true, {RestAuth} }} }}", "{ Authorizer: NONE }", "api_key"),
            ($"{{ DefaultAuthorizer: Pool, ApiKeyRequired: true, {RestAuth} }} }}", "{ ApiKeyRequired: false }", "jwt"),
            ("{ ApiKeyRequired: true }", "{ Authorizer: AWS_IAM }", "closed"),
            ($"{{ DefaultAuthorizer: NONE, {RestAuth}, NONE: {{ UserPoolArn: '{Pool}' }} }} }}", "{}", "closed"),
            ($"{{ {RestAuth}, NONE: {{ UserPoolArn: '{Pool}' }} }} }}", "{ Authorizer: NONE }", "closed"),
            ($"{{ {RestAuth}, AWS_IAM: {{ UserPoolArn: '{Pool}' }} }} }}", "{ Authorizer: AWS_IAM }", "closed"),
            ("{ Authorizers: { A: { FunctionArn: x } } }", "{ Authorizer: A }", "lambda refused"),
            (
                "{ Authorizers: { A: { FunctionArn: 'arn:aws:lambda:us-east-1:1:function:gone' } } }",
                "{ Authorizer: A }",
                "lambda refused"),
            ("{ Authorizers: { A: { FunctionArn: 'not an ARN' } } }", "{ Authorizer: A }", "closed"),
            (
                $"{{ Authorizers: {{ A: {{ FunctionArn: !GetAtt F.Arn, UserPoolArn: '{Pool}' }} }} }}",
                "{ Authorizer: A }",
                "closed"),
            (
                "{ Authorizers: { A: { FunctionArn: !GetAtt F.Arn, AuthorizationScopes: [s] } } }",
                "{ Authorizer: A }",
                "closed"),
            (
                "{ Authorizers: { A: { FunctionArn: !GetAtt F.Arn, FunctionPayloadType: REQUEST, Identity: { "
                    + "Headers: [H], ValidationExpression: a } } } }", "{ Authorizer: A }", "closed"),
        }
        select (Func<(string, string, string)>)(() => row);

    [Test]
    [MethodDataSource(nameof(OfRestEvents))]
    public async Task An_event_of_a_REST_API_has_its_own_guard_or_that_of_its_API_or_Globals_or_admits_nobody(
        string api,
        string own,
        string expected)
    {
        await HoldAsync(expected, Events(
            "Api",
            $"RestApiId: !Ref MyApi,",
            own,
            $"  MyApi: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: Prod, Auth: {api} }} }}",
            ""));
        await HoldAsync(expected, Events("Api", "", own, "", $"Globals: {{ Api: {{ Auth: {api} }} }}"));
    }

    private const string HttpAuth = "Authorizers: { Jwt: { IdentitySource: $request.header.Authorization, "
        + "JwtConfiguration: { issuer: 'https://id', audience: [a] } }, Fn: { FunctionArn: !GetAtt F.Arn, "
        + "AuthorizerPayloadFormatVersion: '2.0' }";

    public static IEnumerable<Func<(string Api, string Own, string Expected)>> OfHttpEvents() =>
        from row in new (string, string, string)[]
        {
            ("{}", "{}", "open"),
            ("{ EnableIamAuthorizer: true }", "{ Authorizer: AWS_IAM }", "closed"),
            ("{ EnableIamAuthorizer: true, DefaultAuthorizer: AWS_IAM }", "{}", "closed"),
            ($"{{ {HttpAuth} }} }}", "{ Authorizer: Jwt }", "jwt"),
            ($"{{ {HttpAuth} }} }}", "{ Authorizer: Jwt, AuthorizationScopes: [s] }", "jwt"),
            ($"{{ {HttpAuth} }} }}", "{ Authorizer: Fn }", "lambda"),
            ($"{{ {HttpAuth} }} }}", "{ Authorizer: Fn, AuthorizationScopes: [s] }", "closed"),
            ($"{{ DefaultAuthorizer: Jwt, {HttpAuth} }} }}", "{}", "jwt"),
            ($"{{ DefaultAuthorizer: Jwt, {HttpAuth} }} }}", "{ Authorizer: NONE }", "open"),
            (
                $"{{ DefaultAuthorizer: Jwt, {HttpAuth} }} }}",
                "{ Authorizer: NONE, AuthorizationScopes: [s] }",
                "closed"),
            (
                $"{{ DefaultAuthorizer: NONE, {HttpAuth}, NONE: {{ FunctionArn: !GetAtt F.Arn, "
                    + $"AuthorizerPayloadFormatVersion: '2.0' }} }} }}", "{}", "closed"),
            (
                "{ Authorizers: { A: { FunctionArn: x, AuthorizerPayloadFormatVersion: '2.0' } } }",
                "{ Authorizer: A }",
                "lambda refused"),
            (
                "{ Authorizers: { A: { FunctionArn: !GetAtt F.Arn, JwtConfiguration: { issuer: 'https://id', "
                    + "audience: [a] } } } }", "{ Authorizer: A }", "closed"),
            (
                "{ Authorizers: { A: { FunctionArn: !GetAtt F.Arn, AuthorizationScopes: [s], "
                    + "AuthorizerPayloadFormatVersion: '2.0' } } }", "{ Authorizer: A }", "closed"),
            (
                "{ Authorizers: { A: { FunctionArn: !GetAtt F.Arn, AuthorizerPayloadFormatVersion: '2.0', "
                    + "Identity: { Headers: [H], ValidationExpression: a } } } }", "{ Authorizer: A }", "closed"),
        }
        select (Func<(string, string, string)>)(() => row);

    [Test]
    [MethodDataSource(nameof(OfHttpEvents))]
    public async Task An_event_of_an_HTTP_API_has_its_own_guard_or_that_of_its_API_or_Globals_or_admits_nobody(
        string api,
        string own,
        string expected)
    {
        await HoldAsync(expected, Events(
            "HttpApi",
            $"ApiId: !Ref MyApi,",
            own,
            $"  MyApi: {{ Type: AWS::Serverless::HttpApi, Properties: {{ Auth: {api} }} }}",
            ""));
        await HoldAsync(expected, Events("HttpApi", "", own, "", $"Globals: {{ HttpApi: {{ Auth: {api} }} }}"));
    }

    public static IEnumerable<Func<(string Operation, string Expected)>> OfDefinitions() => Rows(
        ("", "open"),
        ("security: [],", "open"),
        ("security: [{ key: [] }],", "api_key"),
        ("security: [{ fn: [] }],", "lambda"),
        ("security: [{ pool: [] }],", "jwt"),
        ("security: [{ pool: [s] }],", "jwt"),
        ("security: [{ iam: [] }],", "closed"),
        ("security: [{ fn: [s] }],", "closed"),
        ("security: [{ key: [s] }],", "closed"),
        ("security: [{ key: [], fn: [] }],", "lambda+key"),
        ("security: [{ key: [] }, { fn: [] }],", "lambda+key"),
        ("security: [{ fn: [] }, { key: [] }],", "lambda+key"),
        ("security: [{ pool: [s] }, { key: [] }],", "jwt+key"),
        ("security: [{ pool: [s] }, { key: [s] }],", "closed"),
        ("security: [{ key: [], iam: [] }],", "closed"),
        ("security: [{ key: [], fn: [], pool: [] }],", "closed"),
        ("security: [{}, { fn: [] }],", "lambda"),
        ("security: [{ fn: [] }, {}],", "lambda"),
        ("security: [{ fn: [] }, { pool: [] }],", "closed"),
        ("security: [{ nobody: [] }],", "closed"),
        ("security: [{ misspelt: [] }],", "closed"),
        ("security: [{ gone: [] }],", "closed"),
        ("security: [{ NONE: [] }],", "open"),
        ("x-amazon-apigateway-auth: { type: NONE },", "open"),
        ("x-amazon-apigateway-auth: { type: AWS_IAM },", "closed"),
        ("x-amazon-apigateway-auth: { type: CUSTOM },", "closed"),
        ("x-amazon-apigateway-auth: {},", "closed"),
        ("x-amazon-apigateway-auth: NONE,", "closed"),
        ("x-amazon-apigateway-auth: { type: NONE }, security: [{ fn: [] }],", "closed"));

    [Test]
    [MethodDataSource(nameof(OfDefinitions))]
    public async Task An_operation_of_a_definition_has_the_guard_that_it_names_or_admits_nobody(
        string operation,
        string expected)
    {
        var schemes = $$"""
            { key: { type: apiKey, name: x-api-key, in: header }, iam: {
                type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 },
              fn: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: {
                  type: token, authorizerUri: {{Uri}} } },
              pool: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: {
                  type: cognito_user_pools, providerARNs: ['{{Pool}}'] } },
              nobody: { type: apiKey, name: Authorization, in: header }, misspelt: {
                  type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: {
                  type: token, authorizerUri: {{Uri}}, identityValidation: a } } }
            """;
        var path =
            $"/a: {{ get: {{ {operation} x-amazon-apigateway-integration: {{ "
                + $"type: aws_proxy, httpMethod: POST, uri: {Uri} }} }} }}";
        foreach (var (head, body) in new[]
        {
            ("swagger: '2.0'", $"securityDefinitions: {schemes}"),
            ("openapi: 3.0.1", $"components: {{ securitySchemes: {schemes} }}"),
        })
            await HoldAsync(expected, $"Resources:\n  {Function}\n  Api:\n    Type: AWS::ApiGateway::RestApi\n    "
                + $"Properties: {{ Body: {{ {head}, {body}, paths: {{ {path} }} }} }}\n");
    }

    [Test]
    public async Task A_scheme_called_NONE_cannot_be_distinguished_from_the_keyword() => await HoldAsync("closed", $$"""
        Resources:
          {{Function}}
          Api: { Type: AWS::ApiGateway::RestApi, Properties: { Body: {
              swagger: '2.0', securityDefinitions: { NONE: { type: apiKey, name: x-api-key, in: header } },
              paths: { /a: { get: { security: [{ NONE: [] }], x-amazon-apigateway-integration: {
              type: aws_proxy, httpMethod: POST, uri: {{Uri}} } } } } } } }
        """);

    [Test]
    public async Task A_function_URL_that_requires_signatures_is_closed_and_reported()
    {
        var plain = $"Resources:\n  {Function}\n  U: {{ Type: AWS::Lambda::Url, Properties: {{ "
            + $"TargetFunctionArn: !Ref F, AuthType: AWS_IAM }} }}\n";
        foreach (var text in new[] { Templates.FunctionWith("FunctionUrlConfig: { AuthType: AWS_IAM }"), plain })
        {
            await Assert.That(Templates.Read(text).Receipt)
                .Contains(l => l.Outcome == Outcome.Ignored && l.Property == "FunctionUrlConfig.AuthType");
            await Assert.That(Templates.Read(text).Routes.All(r => r.Authorizer!["type"]!.ToString() == "iam"))
                .IsTrue();
        }
    }

    public static IEnumerable<Func<string>> WithoutAudience() =>
        from audience in new[] { "", ", audience: []", ", audience: ['']", ", audience: null" }
        from text in new[]
        {
            $"  Api: {{ Type: AWS::Serverless::HttpApi, Properties: {{ Auth: {{ Authorizers: {{ J: {{ IdentitySource: "
                + $"$request.header.A, JwtConfiguration: {{ issuer: 'https://id'{audience} }} }} }} }} }} }}",
            $"  Api: {{ Type: AWS::ApiGatewayV2::Api, Properties: {{ Name: a, ProtocolType: HTTP }} }}\n  J: {{ "
                + $"Type: AWS::ApiGatewayV2::Authorizer, Properties: {{ ApiId: !Ref Api, Name: j, AuthorizerType: JWT, "
                + $"JwtConfiguration: {{ "
                + $"Issuer: 'https://id'{audience.Replace("audience", "Audience", StringComparison.Ordinal)} }} }} }}",
            $"  Api: {{ Type: AWS::ApiGatewayV2::Api, Properties: {{ Body: {{ openapi: 3.0.1, components: "
                + $"{{ securitySchemes: {{ j: {{ type: oauth2, x-amazon-apigateway-authorizer: {{ type: jwt, "
                + $"jwtConfiguration: {{ issuer: 'https://id'{audience} }} }} }} }} }}, paths: {{}} }} }} }}",
        }
        select (Func<string>)(() => $"Resources:\n{text}\n");

    [Test]
    [MethodDataSource(nameof(WithoutAudience))]
    public async Task A_JWT_authorizer_without_an_audience_is_an_error(string text) =>
        await Assert.That(string.Join('\n', Templates.Messages(text))).Contains("'audience' is missing");

    [Test]
    [Arguments("Authorizers: { P: { UserPoolArn: '"
        + Pool
        + "', Identity: { ValidationExpression: 'client-[0-9]+' } } }, DefaultAuthorizer: P")]
    public async Task The_expression_of_a_user_pool_applies_to_the_audience(string auth)
    {
        var sam = Templates.Read(Events(
            "Api",
            "RestApiId: !Ref MyApi,",
            "{}",
            $"  MyApi: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: Prod, Auth: {{ {auth} }} }} }}",
            ""));
        var plain = Templates.Read($$"""
            Resources:
              {{Function}}
              Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
              P: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Api, Name: p,
                  Type: COGNITO_USER_POOLS, ProviderARNs: ['{{Pool}}'],
                  IdentityValidationExpression: 'client-[0-9]+' } }
              M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api,
                  ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, AuthorizationType: COGNITO_USER_POOLS,
                  AuthorizerId: !Ref P, Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
            """);
        var defined = Templates.Read($$"""
            Resources:
              {{Function}}
              Api: { Type: AWS::ApiGateway::RestApi, Properties: { Body: {
                  swagger: '2.0', securityDefinitions: { p: { type: apiKey, name: Authorization, in: header,
                  x-amazon-apigateway-authorizer: { type: cognito_user_pools, providerARNs: ['{{Pool}}'],
                  identityValidationExpression: 'client-[0-9]+' } } },
                  paths: { /a: { get: { security: [{ p: [] }], x-amazon-apigateway-integration: {
                  type: aws_proxy, httpMethod: POST, uri: {{Uri}} } } } } } } }
            """);
        foreach (var template in new[] { sam, plain, defined })
            await Assert.That(template.Routes.Single().Authorizer!["validation"]?.ToString())
                .IsEqualTo("client-[0-9]+");
    }

    [Test]
    [Arguments("a(?=b)")]
    [Arguments("(a)\\1")]
    [Arguments("(")]
    public async Task An_invalid_or_backtracking_expression_is_an_error(string expression)
    {
        string[] texts =
        [
            $"Resources: {{ Api: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: Prod, Auth: {{ "
                + $"Authorizers: {{ P: {{ UserPoolArn: '{Pool}', Identity: {{ "
                + $"ValidationExpression: '{expression}' }} }} }} }} }} }} }}",
            $"Resources: {{ P: {{ Type: AWS::ApiGateway::Authorizer, Properties: {{ RestApiId: x, Name: p, "
                + $"Type: COGNITO_USER_POOLS, ProviderARNs: ['{Pool}'], "
                + $"IdentityValidationExpression: '{expression}' }} }} }}",
            $"Resources: {{ Api: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Body: {{ swagger: '2.0', paths: "
                + $"{{}}, securityDefinitions: {{ p: {{ type: apiKey, x-amazon-apigateway-authorizer: {{ type: token, "
                + $"identityValidationExpression: '{expression}' }} }} }} }} }} }} }}",
        ];
        foreach (var text in texts)
            await Assert.That(string.Join('\n', Templates.Messages(text))).Contains("error: ")
                .And.Contains("cannot be used: ").And.DoesNotContain(@"\z");
    }

    [Test]
    [Arguments(
        "{ Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', "
            + "Resource: 'execute-api:/Prod/GET/public' }] }", "closed")]
    [Arguments(
        "{ Statement: [{ Effect: Deny, Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }] }", "closed")]
    [Arguments("'a policy as text'", "closed")]
    [Arguments(
        "{ Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }] }", "open")]
    public async Task A_policy_of_a_separate_REST_API_closes_its_methods_and_its_definition(
        string policy,
        string expected)
    {
        string Api(string more) => $"Resources:\n  {Function}\n  Api: {{ Type: AWS::ApiGateway::RestApi, "
            + $"Properties: {{ Policy: {policy}, {more} }} }}\n";
        var integration = $"{{ type: aws_proxy, httpMethod: POST, uri: {Uri} }}";
        string[] texts =
        [
            Api("Name: a") + $"  M: {{ Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: !Ref Api, "
                + $"ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, AuthorizationType: NONE, Integration: {{ "
                + $"Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {Uri} }} }} }}\n",
            Api($"Body: {{ swagger: '2.0', paths: {{ /a: {{ get: {{ x-amazon-apigateway-integration: "
                + $"{integration} }} }} }} }}"),
        ];
        foreach (var text in texts)
        {
            await Assert.That(Templates.Read(text).Routes.Single().Authorizer is null ? "open" : "closed")
                .IsEqualTo(expected);
            await Assert.That(Templates.Messages(text, new SamOptions { Strict = true })
                .Exists(m => m.Contains("error: Api: Policy is ignored", StringComparison.Ordinal)))
                .IsEqualTo(expected == "closed");
        }
    }

    [Test]
    [Arguments("/a")]
    [Arguments("GET")]
    [Arguments("GET/a")]
    public async Task A_route_key_is_a_method_and_a_path_or_the_default(string key)
    {
        var text = $"Resources:\n  A: {{ Type: AWS::ApiGatewayV2::Api, Properties: {{ Name: a, ProtocolType: HTTP }} "
            + $"}}\n  R: {{ Type: AWS::ApiGatewayV2::Route, Properties: {{ ApiId: !Ref A, RouteKey: {key} }} }}\n";
        await Assert.That(string.Join('\n', Templates.Messages(text)))
            .Contains($"error: R: route key '{key}': it is a method and a path, or $default");
    }

    private static string Events(string kind, string api, string own, string resource, string globals) => $$"""
        {{globals}}
        Resources:
        {{resource}}
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
              Events: { E: { Type: {{kind}}, Properties: { {{api}} Path: /a, Method: get, Auth: {{own}} } } } } }
        """;

    private static string Comma(string guard) => guard.Length == 0 ? "" : ",";

    private static IEnumerable<Func<(string, string)>> Rows(params (string, string)[] rows) =>
        rows.Select(r => (Func<(string, string)>)(() => r));

    // Closed: nobody is admitted. Refused: the deciding function does not exist, so nobody is admitted either.
    private static async Task HoldAsync(string expected, string text)
    {
        var template = Templates.Read(text);
        var route = (YamlMapping)((YamlSequence)FilesGenerator.Generate(template).Routing["routes"]!).Items.Single();
        var type = (route["authorizer"] as YamlMapping)?["type"]?.ToString() ?? "open";
        var guards = type + (route["api_key_required"] is null ? "" : "+key");
        await Assert.That(type is "unsupported" or "iam" ? "closed" : guards).IsEqualTo(expected.Split(' ')[0])
            .Because(text);
        var isSaid = Templates.Messages(text, new SamOptions { Strict = true })
            .Exists(m => m.Contains("error: ", StringComparison.Ordinal) && m.Contains(" /", StringComparison.Ordinal));
        await Assert.That(isSaid).IsEqualTo(expected is "closed" or "lambda refused").Because(text);
    }
}

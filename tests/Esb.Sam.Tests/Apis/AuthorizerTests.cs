using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>How <c>Auth</c> of APIs and events is written in routing.yml.</summary>
internal sealed class AuthorizerTests
{
    private const string Rest = """
        DefaultAuthorizer: Pool
        Authorizers:
          Pool: { UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_abc', AuthorizationScopes: [s1] }
          Token: { FunctionArn: !GetAtt Auth.Arn, Identity: { Header: X-Token, ValidationExpression: '^a',
              ReauthorizeEvery: 20 } }
          Request: { FunctionPayloadType: REQUEST, FunctionArn: !GetAtt Auth.Arn,
              Identity: { Headers: [H], QueryStrings: [Q], StageVariables: [S], Context: [path] } }
        """;

    private const string Http = """
        DefaultAuthorizer: Jwt
        EnableIamAuthorizer: true
        Authorizers:
          Jwt: { JwtConfiguration: { issuer: 'https://issuer', audience: [a, b] },
              IdentitySource: '$request.querystring.t', AuthorizationScopes: [x] }
          Fn: { FunctionArn: !GetAtt Auth.Arn, AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true,
              Identity: { Headers: [Authorization] } }
        """;

    [Test]
    [Arguments("{}", "type: jwt issuer: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc "
        + "scopes: s1 identity_source: $request.header.Authorization")]
    [Arguments("{ Authorizer: NONE }", "open")]
    [Arguments("{ Authorizer: AWS_IAM }", "type: iam")]
    [Arguments("{ Authorizer: Pool, AuthorizationScopes: [t1, t2] }", "scopes: t1 t2 identity_source")]
    [Arguments("{ Authorizer: Token }", "type: lambda function: auth kind: TOKEN identity_source: "
        + "$request.header.X-Token ttl: 20 payload: 1.0 validation: ^a")]
    [Arguments("{ Authorizer: Request }", "kind: REQUEST identity_source: $request.header.H $request.querystring.Q "
        + "$stageVariables.S $context.path ttl: 300")]
    [Arguments("{ Authorizer: NONE, ApiKeyRequired: true }", "type: api_key")]
    [Arguments(
        "{ ApiKeyRequired: true }",
        "type: jwt issuer: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc scopes: s1 identity_source: "
            + "$request.header.Authorization api_key_required: true")]
    public async Task A_rest_route_has_the_authorizer_that_its_event_or_api_says(string auth, string expected) =>
        await Assert.That(Of("Api", Rest, auth)).Contains(expected);

    [Test]
    [Arguments(
        "{}", "type: jwt issuer: https://issuer audience: a b scopes: x identity_source: $request.querystring.t")]
    [Arguments("{ Authorizer: NONE }", "open")]
    [Arguments("{ Authorizer: Fn }", "type: lambda function: auth kind: REQUEST identity_source: "
        + "$request.header.Authorization ttl: 300 payload: 2.0 simple_responses: true")]
    [Arguments("{ Authorizer: AWS_IAM }", "type: iam")]
    public async Task An_http_route_has_the_authorizer_that_its_event_or_api_says(string auth, string expected) =>
        await Assert.That(Of("HttpApi", Http, auth)).Contains(expected);

    [Test]
    public async Task An_unknown_authorizer_is_an_error_with_a_suggestion() =>
        await Assert.That(string.Join('\n', Templates.Messages(Template("Api", Rest, "{ Authorizer: Tokn }"))))
            .Contains("F, event 'E': its API has no authorizer 'Tokn'; did you mean 'Token'?");

    [Test]
    [Arguments("Api", "DefaultAuthoriser: Pool", "{}", "MyApi, Auth: unknown property 'DefaultAuthoriser'; "
        + "did you mean 'DefaultAuthorizer'?")]
    [Arguments("Api", "{ Authorizers: { T: { FunctionArn: !GetAtt Auth.Arn, Identiti: {} } } }", "{}", "MyApi, Auth, "
        + "Authorizers, T: unknown property 'Identiti'; did you mean 'Identity'?")]
    [Arguments("HttpApi", "ApiKeyRequired: true", "{}", "MyApi, Auth: unknown property 'ApiKeyRequired'")]
    [Arguments("Api", "{}", "{ ApiKeyRequird: true }", "F, event 'E', Auth: unknown property 'ApiKeyRequird'; "
        + "did you mean 'ApiKeyRequired'?")]
    public async Task A_misspelt_guard_of_a_template_is_an_error(
        string kind,
        string auth,
        string own,
        string expected) =>
        await Assert.That(string.Join('\n', Templates.Messages(Template(kind, auth, own))))
            .Contains("error: " + expected);

    [Test]
    [Arguments("{ ResourcePolicy: { IpRangeWhitelist: [10.0.0.0/8] } }", "{}")]
    [Arguments("{}", "{ ResourcePolicy: { IpRangeWhitelist: [10.0.0.0/8] } }")]
    public async Task A_policy_with_addresses_cannot_be_checked_and_closes_its_routes(string auth, string own)
    {
        await Assert.That(Of("Api", auth, own))
            .IsEqualTo("type: unsupported reason: it has a resource policy, which cannot be checked here");
        await Assert.That(string.Join('\n', Templates.Messages(Template("Api", auth, own))))
            .Contains("closed: it has a resource policy");
    }

    [Test]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*', "
            + "Condition: { IpAddress: { 'aws:SourceIp': 10.0.0.0/8 } } }] }",
        "it has a resource policy, which cannot be checked here")]
    [Arguments(
        "Policy: { Statement: { Effect: Deny, Principal: '*', Action: '*', Resource: '*' } }",
        "it has a resource policy, which cannot be checked here")]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: { AWS: '123456789012' }, Action: '*', Resource: '*' }] }",
        "it has a resource policy, which cannot be checked here")]
    [Arguments(
        "Domain: { DomainName: d, CertificateArn: c, MutualTlsAuthentication: { TruststoreUri: 's3://b/k' } }",
        "it asks for client certificates, which cannot be checked here")]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: { AWS: '*' }, Action: 'execute-api:Invoke', "
            + "Resource: '*' }] }", null)]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: "
            + "'execute-api:/Prod/GET/public' }] }", "it has a resource policy, which cannot be checked here")]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', "
            + "Resource: ['execute-api:/other/*'] }] }", "it has a resource policy, which cannot be checked here")]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Foo', Resource: '*' }] }",
        "it has a resource policy, which cannot be checked here")]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*', "
            + "effect: Deny }] }", "it has a resource policy, which cannot be checked here")]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: ['execute-api:*'], "
            + "Resource: ['execute-api:/*'] }] }", null)]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', "
            + "Resource: 'execute-api:/Prod/*/*' }] }", null)]
    [Arguments(
        "Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: '*', "
            + "Resource: !Sub 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:*/*/*' }] }", null)]
    public async Task An_API_that_restricts_its_callers_in_a_way_that_cannot_be_checked_is_closed(
        string property,
        string? reason)
    {
        var text = $$"""
            Resources:
              MyApi: { Type: AWS::Serverless::Api, Properties: { StageName: Prod, {{property}} } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { Path: /a, Method: get, RestApiId: !Ref MyApi } } } } }
            """;
        await Assert.That(Templates.Read(text).Routes.Single().Authorizer?["reason"]?.ToString()).IsEqualTo(reason);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }))
            .Contains("the routes are closed", StringComparison.Ordinal)).IsEqualTo(reason is not null);
    }

    [Test]
    [Arguments("Api", "Cors: { AllowOrigin: \"'*'\", AllowCredentials: true }")]
    [Arguments("HttpApi", "CorsConfiguration: { AllowOrigins: ['https://a', '*'], AllowCredentials: true }")]
    [Arguments("HttpApi", "DefinitionBody: { openapi: 3.0.1, x-amazon-apigateway-cors: { allowOrigins: ['*'], "
        + "allowCredentials: true }, paths: {} }")]
    public async Task Credentials_for_every_origin_are_an_error_in_every_kind_of_API(string kind, string cors)
    {
        var text =
            $"Resources: {{ MyApi: {{ Type: AWS::Serverless::{kind}, Properties: {{ StageName: Prod, {cors} }} }} }}";
        await Assert.That(string.Join('\n', Templates.Messages(text)))
            .Contains("error: MyApi: credentials are allowed together with the origin '*'");
    }

    [Test]
    public async Task Credentials_for_every_origin_are_ignored_for_a_function_URL_and_an_error_for_a_separate_API()
    {
        const string Cors = "AllowOrigins: ['*'], AllowCredentials: true";
        var url = Templates.FunctionWith($"FunctionUrlConfig: {{ AuthType: NONE, Cors: {{ {Cors} }} }}");
        await Assert.That(Templates.Message(url))
            .Contains("warning: F, FunctionUrlConfig, Cors: credentials are ignored");
        await Assert.That(Templates.Read(url).Routes[0].Cors!.Contains("allow_credentials")).IsFalse();
        await Assert.That(string.Join('\n', Templates.Messages($"Resources: {{ A: {{ Type: AWS::ApiGatewayV2::Api, "
            + $"Properties: {{ ProtocolType: HTTP, Name: a, CorsConfiguration: {{ {Cors} }} }} }} }}")))
            .Contains("error: A: credentials are allowed");
    }

    [Test]
    public async Task A_user_pool_that_only_AWS_knows_closes_the_route_with_a_reason() =>
        await Assert.That(Of(
            "Api", "{ DefaultAuthorizer: P, Authorizers: { P: { UserPoolArn: !GetAtt Pool.Arn } } }", "{}"))
            .Contains("type: unsupported reason: the user pool Pool.Arn is not known here");

    [Test]
    public async Task A_usage_plan_creates_a_key_whose_value_the_gateway_gets_from_a_variable()
    {
        var routing = Templates.Generate(Template(
            "Api",
            "{ ApiKeyRequired: true, UsagePlan: { CreateUsagePlan: PER_API, Throttle: { RateLimit: 5, "
                + "BurstLimit: 10 }, Quota: { Limit: 100, Period: DAY } } }",
            "{}")).Routing;
        await Assert.That(Flat((YamlMapping)((YamlSequence)routing["api_keys"]!).Items.Single()))
            .IsEqualTo("name: MyApiApiKey value_env: API_KEY_MY_API_API_KEY rate: 5 burst: 10 "
                + "quota: limit: 100 period: DAY apis: api: MyApi stage: Prod");
    }

    [Test]
    [Arguments("requestId", true)]
    [Arguments("requestTimeEpoch", true)]
    [Arguments("routeKey", true)]
    [Arguments("identity.sourceIp", true)]
    [Arguments("identity.clientCert.serialNumber", false)]
    [Arguments("integrationLatency", false)]
    [Arguments("RequestId", false)]
    public async Task A_name_of_the_request_context_that_has_no_value_here_closes_the_route_with_a_message(
        string name,
        bool isServed)
    {
        string[] texts =
        [
            Template("HttpApi", $"{{ DefaultAuthorizer: A, Authorizers: {{ A: {{ FunctionArn: !GetAtt F.Arn, "
                + $"AuthorizerPayloadFormatVersion: '2.0', Identity: {{ Context: [{name}] }} }} }} }}", "{}"),
            Template("Api", $"{{ DefaultAuthorizer: A, Authorizers: {{ A: {{ FunctionArn: !GetAtt F.Arn, "
                + $"FunctionPayloadType: REQUEST, Identity: {{ Context: [{name}] }} }} }} }}", "{}"),
            Template("HttpApi", $"{{ DefaultAuthorizer: A, Authorizers: {{ A: {{ IdentitySource: $context.{name}, "
                + $"JwtConfiguration: {{ issuer: 'https://i', audience: [a] }} }} }} }}", "{}"),
        ];
        foreach (var text in texts)
        {
            await Assert.That(Templates.Read(text).Routes.Single().Authorizer!["type"]!.ToString() == "unsupported")
                .IsNotEqualTo(isServed)
                .Because(text);
            await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })).Contains(
                $"its authorizer asks for $context.{name}, which no request has here",
                StringComparison.Ordinal)).IsNotEqualTo(isServed).Because(text);
        }
    }

    [Test]
    [Arguments("'1.0'", "unsupported")]
    [Arguments("'2.0'", "lambda")]
    public async Task Simple_responses_need_payload_2(string payload, string expected)
    {
        var text = Template(
            "HttpApi",
            $"{{ DefaultAuthorizer: A, Authorizers: {{ A: {{ FunctionArn: !GetAtt F.Arn, EnableSimpleResponses: true, "
                + $"AuthorizerPayloadFormatVersion: {payload} }} }} }}",
            "{}");
        await Assert.That($"{Templates.Read(text).Routes.Single().Authorizer!["type"]}").IsEqualTo(expected);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })).Contains(
            "simple responses, which need payload 2.0",
            StringComparison.Ordinal)).IsEqualTo(expected == "unsupported");
    }

    [Test]
    [Arguments("", true)]
    [Arguments("AuthorizationType: !Ref AWS::NoValue,", true)]
    [Arguments("AuthorizationType: NONE,", false)]
    public async Task A_method_without_an_authorization_type_has_a_line(string type, bool isSaid) =>
        await Assert.That(string.Join(
            '\n',
            Templates.Messages(
                $"Resources:\n  Api: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Name: a }} }}\n  M: {{ "
                    + $"Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: !Ref Api, ResourceId: "
                    + $"!GetAtt Api.RootResourceId, HttpMethod: GET, {type} Integration: {{ Type: MOCK }} }} }}\n",
                new SamOptions { Strict = true }))
            .Contains(
                "error: M: AuthorizationType is ignored: it is not given, and API Gateway refuses such a method",
                StringComparison.Ordinal)).IsEqualTo(isSaid);

    private static string Of(string kind, string auth, string own) =>
        Templates.Read(Template(kind, auth, own)).Routes.Single().Authorizer is { } authorizer
            ? Flat(authorizer)
            : "open";

    private static string Flat(YamlNode node) => node switch
    {
        YamlMapping map => string.Join(' ', map.Entries.Select(e => $"{e.Key.Value}: {Flat(e.Value)}")),
        YamlSequence list => string.Join(' ', list.Items.Select(Flat)),
        _ => node.ToString()!,
    };

    private static string Template(string kind, string auth, string own) => $$"""
        Resources:
          MyApi:
            Type: AWS::Serverless::{{kind}}
            Properties:
              StageName: Prod
              Auth:
        {{string.Join('\n', auth.Split('\n').Select(l => "        " + l))}}
          Auth: { Type: AWS::Serverless::Function, Properties: { FunctionName: auth, {{Templates.Code}} } }
          Pool: { Type: AWS::Cognito::UserPool }
          F:
            Type: AWS::Serverless::Function
            Properties: { {{Templates.Code}}, Events: { E: { Type: {{kind}},
                Properties: { Path: /a, Method: get, {{(kind == "Api" ? "RestApiId" : "ApiId")}}: !Ref MyApi,
                Auth: {{own}} } } } }
        """;
}

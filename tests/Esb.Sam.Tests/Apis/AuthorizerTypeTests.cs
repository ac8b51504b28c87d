using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>Settings of an authorizer that its type or its API does not have.</summary>
internal sealed class AuthorizerTypeTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private const string Pools = "ProviderARNs: ['arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_abc']";

    private const string Jwt = "JwtConfiguration: { issuer: 'https://id.example', audience: [a] }";

    private const string Rest = "identitySource: method.request.header.A";

    private const string Http = "identitySource: $request.header.A";

    public static IEnumerable<Func<(bool IsHttp, string Type, string More, string Expected)>> Mixed() =>
        from row in new (bool, string, string, string)[]
        {
            (false, "TOKEN", $"{Rest}, AuthorizerUri: {Uri}", ""),
            (false, "REQUEST", $"{Rest}, AuthorizerUri: {Uri}", ""),
            (false, "COGNITO_USER_POOLS", Pools, ""),
            (true, "REQUEST", $"{Http}, AuthorizerUri: {Uri}", ""),
            (true, "JWT", $"{Http}, {Jwt}", ""),
            (false, "TOKEN", $"{Rest}, AuthorizerUri: {Uri}, {Pools}", "TOKEN has 'ProviderARNs'"),
            (false, "TOKEN", $"{Rest}, AuthorizerUri: {Uri}, ProviderARNs: []", ""),
            (false, "REQUEST", $"{Rest}, AuthorizerUri: {Uri}, {Pools}", "REQUEST has 'ProviderARNs'"),
            (false, "COGNITO_USER_POOLS", $"{Pools}, AuthorizerUri: {Uri}", "COGNITO_USER_POOLS has 'AuthorizerUri'"),
            (true, "JWT", $"{Http}, {Jwt}, AuthorizerUri: {Uri}", "JWT has 'AuthorizerUri'"),
            (true, "REQUEST", $"{Http}, AuthorizerUri: {Uri}, {Jwt}", "REQUEST has 'JwtConfiguration'"),
        }
        select (Func<(bool, string, string, string)>)(() => row);

    [Test]
    [MethodDataSource(nameof(Mixed))]
    public async Task An_authorizer_with_the_deciding_property_of_another_type_closes_its_routes(
        bool isHttp,
        string type,
        string more,
        string expected)
    {
        foreach (var text in new[] { Plain(isHttp, type, more), Definition(isHttp, type, more) })
        {
            var template = Templates.Read(text);
            var reason = template.Routes.Single().Authorizer!["reason"]?.ToString() ?? "";
            await Assert.That(reason.Contains(expected, StringComparison.OrdinalIgnoreCase)).IsTrue()
                .Because($"{reason}\n{text}");
            await Assert.That(reason.Length > 0).IsEqualTo(expected.Length > 0).Because($"{reason}\n{text}");
            await Assert.That(template.Receipt.Any(l => l.Outcome == Outcome.Ignored
                && l.Reason.Contains("another type of authorizer", StringComparison.Ordinal)))
                .IsEqualTo(expected.Length > 0);
        }
    }

    [Test]
    [Arguments(true, "JWT", "AuthorizerResultTtlInSeconds: 60", "it is for authorizers that are functions")]
    [Arguments(true, "JWT", "EnableSimpleResponses: true", "it is for authorizers that are functions")]
    [Arguments(true, "JWT", "AuthorizerPayloadFormatVersion: '2.0'", "it is for authorizers that are functions")]
    public async Task A_setting_without_effect_is_a_line_of_the_receipt(
        bool isHttp,
        string type,
        string more,
        string why)
    {
        foreach (var text in new[]
        {
            Plain(isHttp, type, $"{Http}, {Jwt}, {more}"), Definition(isHttp, type, $"{Http}, {Jwt}, {more}"),
        })
            await Assert.That(Templates.Read(text).Receipt)
                .Contains(l => l.Outcome == Outcome.Ignored && l.Reason == why);
    }

    [Test]
    [Arguments("Api", "FunctionArn: !GetAtt F.Arn, Identity: { Header: X }", "")]
    [Arguments("Api", "FunctionArn: !GetAtt F.Arn, Identity: { Headers: [X] }", "Identity.Headers")]
    [Arguments("Api", "FunctionArn: !GetAtt F.Arn, Identity: { QueryStrings: [q] }", "Identity.QueryStrings")]
    [Arguments("Api", "FunctionArn: !GetAtt F.Arn, FunctionPayloadType: TOKEN, Identity: { Context: [path], "
        + "StageVariables: [s] }", "Identity.StageVariables Identity.Context")]
    [Arguments("Api", "FunctionArn: !GetAtt F.Arn, FunctionPayloadType: REQUEST, Identity: { Headers: [X] }", "")]
    [Arguments("Api", "FunctionArn: !GetAtt F.Arn, FunctionPayloadType: REQUEST, Identity: { Headers: [X], "
        + "Header: Y }", "Identity.Header")]
    [Arguments("Api", "UserPoolArn: 'arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_a', Identity: { "
        + "Header: X, ReauthorizeEvery: 9 }", "")]
    [Arguments("Api", "UserPoolArn: 'arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_a', Identity: { "
        + "Headers: [X] }", "Identity.Headers")]
    [Arguments("Api", "UserPoolArn: 'arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_a', "
        + "FunctionPayloadType: REQUEST", "FunctionPayloadType")]
    [Arguments("HttpApi", "FunctionArn: !GetAtt F.Arn, AuthorizerPayloadFormatVersion: '2.0', Identity: { "
        + "Headers: [X] }", "")]
    [Arguments("HttpApi", "FunctionArn: !GetAtt F.Arn, AuthorizerPayloadFormatVersion: '2.0', Identity: { "
        + "Header: X }", "Identity.Header")]
    public async Task Settings_of_SAM_for_another_kind_of_authorizer_are_lines(
        string kind,
        string authorizer,
        string lines)
    {
        var auth = $"Auth: {{ Authorizers: {{ L: {{ {authorizer} }} }} }}";
        var function = $"F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }}";
        var text = $"Resources:\n  {function}\n  A: {{ Type: AWS::Serverless::{kind}, Properties: {{ "
            + $"{(kind == "Api" ? "StageName: p, " : "")}{auth} }} }}\n";
        await Assert.That(string.Join(' ', Templates.Read(text).Receipt
            .Where(l => l.Resource == "A" && l.Outcome == Outcome.Ignored)
            .Select(l => l.Property.Replace("Auth.Authorizers.L.", "", StringComparison.Ordinal)))).IsEqualTo(lines);
    }

    [Test]
    public async Task An_authorizer_of_a_REST_API_has_the_answers_of_REST_APIs()
    {
        var template = Templates.Read(Definition(
            false,
            "REQUEST",
            $"{Rest}, AuthorizerUri: {Uri}, AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true"));
        var guard = template.Routes.Single().Authorizer!;
        await Assert.That((guard["payload"]?.ToString(), guard["simple_responses"])).IsEqualTo(("1.0", null));
        await Assert.That(template.Receipt.Count(l => l.Outcome == Outcome.Ignored
            && l.Reason == "a REST API has payload 1.0 and responses that are policies")).IsEqualTo(2);
    }

    [Test]
    [Arguments(false, "JWT", $"{Rest}, {Jwt}", "a REST API has no authorizers of type JWT")]
    [Arguments(true, "TOKEN", $"{Http}, AuthorizerUri: {Uri}", "an HTTP API has no authorizers of type TOKEN")]
    [Arguments(true, "COGNITO_USER_POOLS", Pools, "an HTTP API has no authorizers of type COGNITO_USER_POOLS")]
    public async Task A_definition_with_a_type_of_the_other_kind_of_API_is_closed(
        bool isHttp,
        string type,
        string more,
        string reason) =>
        await Assert.That(Templates.Read(Definition(isHttp, type, more)).Routes.Single().Authorizer!["reason"]
            ?.ToString()).IsEqualTo(reason);

    [Test]
    [Arguments("name: []", "'name' must be text, but is a list")]
    [Arguments("name: {}", "'name' must be text, but is a mapping")]
    [Arguments("type: [apiKey]", "'type' must be text, but is a list")]
    public async Task A_scheme_with_a_value_of_the_wrong_kind_is_an_error(string wrong, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(Scheme(wrong)))).Contains($"error: A, S: {message}");

    [Test]
    [Arguments("x-type: apiKey")]
    [Arguments("type: ''")]
    public async Task A_scheme_without_a_type_closes_its_routes(string type) => await Assert.That(
        Templates.Read(Scheme(type)).Routes.Single().Authorizer!["reason"]?.ToString())
        .IsEqualTo("the security scheme 'S' has no type");

    [Test]
    [Arguments("none", true)]
    [Arguments("false", true)]
    [Arguments("0", true)]
    [Arguments("id.example", true)]
    [Arguments("https://id.example", false)]
    public async Task An_issuer_of_a_definition_is_a_URL(string issuer, bool isSaid) =>
        await Assert.That(Templates.Read(Definition(true, "JWT", $"{Http}, {Jwt}"
            .Replace("'https://id.example'", issuer, StringComparison.Ordinal))).Receipt.Any(
                l => l.Property == "S.issuer" && l.Reason == $"'{issuer}' is not a URL, so no token is accepted"))
            .IsEqualTo(isSaid);

    private static string Scheme(string more)
    {
        var key = more.Split(':')[0];
        string[] all = ["type: apiKey", "name: x-api-key", "in: header"];
        var kept = all.Where(a => a.Split(':')[0] != (key == "x-type" ? "type" : key)).Append(more);
        return Api(false, $"{{ {string.Join(", ", kept)} }}");
    }

    private static string Definition(bool isHttp, string type, string more) => Api(
        isHttp,
        "{ type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: { type: "
            + $"{type.ToLowerInvariant()}, {Lower(more)} }} }}");

    private static string Api(bool isHttp, string scheme) => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          A: { Type: AWS::{{(isHttp ? "ApiGatewayV2::Api" : "ApiGateway::RestApi")}}, Properties: { Body: {
              openapi: 3.0.1, info: { title: a, version: '1' }, components: { securitySchemes: { S: {{scheme}} } },
              paths: { /a: { get: { security: [{ S: [] }], x-amazon-apigateway-integration: { type: aws_proxy,
              httpMethod: POST, payloadFormatVersion: '1.0', uri: {{Uri}} } } } } } } }
        """;

    private static string Plain(bool isHttp, string type, string more)
    {
        var settings = more.Replace("identitySource: $request.header.A", "IdentitySource: [$request.header.A]",
            StringComparison.Ordinal)
            .Replace("identitySource", "IdentitySource", StringComparison.Ordinal)
            .Replace("issuer", "Issuer", StringComparison.Ordinal)
            .Replace("audience", "Audience", StringComparison.Ordinal);
        return isHttp
            ? $$"""
              Resources:
                F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
                A: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: HTTP } }
                I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref A, IntegrationType: AWS_PROXY,
                    IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: '2.0' } }
                S: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { ApiId: !Ref A, Name: s,
                    AuthorizerType: {{type}}, {{settings}} } }
                R: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref A, RouteKey: GET /a,
                    AuthorizationType: {{(type == "JWT" ? "JWT" : "CUSTOM")}}, AuthorizerId: !Ref S,
                    Target: !Sub 'integrations/${I}' } }
              """
            : $$"""
              Resources:
                F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
                A: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
                S: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref A, Name: s, Type: {{type}},
                    {{settings}} } }
                M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref A, HttpMethod: GET,
                    ResourceId: !GetAtt A.RootResourceId, AuthorizerId: !Ref S,
                    AuthorizationType: {{(type[0] == 'C' ? type : "CUSTOM")}},
                    Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Uri}} } } }
              """;
    }

    private static string Lower(string settings) => settings
        .Replace("Authorizer", "authorizer", StringComparison.Ordinal)
        .Replace("ProviderARNs", "providerARNs", StringComparison.Ordinal)
        .Replace("JwtConfiguration", "jwtConfiguration", StringComparison.Ordinal)
        .Replace("EnableSimple", "enableSimple", StringComparison.Ordinal);
}

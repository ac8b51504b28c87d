using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// The name of a scheme is the header of its token. A REQUEST authorizer has the sources in <c>identitySource</c>, and
/// none without it: AWS itself writes the name <c>Unused</c> there.
/// </summary>
internal sealed class IdentitySourceTests
{
    private const string Arn =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    [Test]
    [Arguments("Rest", "type: request", "Unused", "")]
    [Arguments("Rest", "type: REQUEST, authorizerResultTtlInSeconds: 0", "Unused", "")]
    [Arguments("Rest", "type: request, authorizerResultTtlInSeconds: 0", "X-Tok", "")]
    [Arguments("Rest", "type: request, identitySource: method.request.header.A", "Unused", "$request.header.A")]
    [Arguments("Rest", "type: token", "X-Tok", "$request.header.X-Tok")]
    [Arguments("Http", "type: request, authorizerPayloadFormatVersion: '2.0'", "Unused", "")]
    [Arguments("Http", "type: request, authorizerPayloadFormatVersion: '2.0'", "X-Tok", "")]
    [Arguments(
        "Http",
        "type: request, authorizerPayloadFormatVersion: '2.0', identitySource: '$request.header.B'",
        "Unused",
        "$request.header.B")]
    public async Task The_name_of_a_scheme_is_used_for_tokens_only(
        string kind,
        string authorizer,
        string name,
        string expected)
    {
        foreach (var text in kind == "Http" ? Http(authorizer, name) : Rest(authorizer, name))
            await Assert.That(string.Join(' ', ((YamlSequence?)Templates.Read(text).Routes.Single()
                .Authorizer!["identity_source"])?.Items.Select(i => $"{i}") ?? [])).IsEqualTo(expected).Because(text);
    }

    [Test]
    [Arguments("Rest", "method.request.header.X\u200b")]
    [Arguments("Rest", "method.request.header.X\u00e4")]
    [Arguments("Rest", "method.request.header.X Y")]
    [Arguments("Rest", "method.request.header.X:")]
    [Arguments("Rest", "method.request.querystring.\u0430")]
    [Arguments("Rest", "method.request.header.A, method.request.header.\u200b")]
    [Arguments("Rest", "Authorization")]
    [Arguments("Http", "$request.header.X\u200b")]
    [Arguments("Http", "$request.querystring.a\u00a0b")]
    [Arguments("Http", "$stageVariables.\u2060x")]
    [Arguments("Http", "$request.body.x")]
    public async Task A_source_that_no_request_can_have_closes_the_routes(string kind, string source)
    {
        var authorizer = $"type: request, identitySource: '{source}'";
        foreach (var text in kind == "Http" ? Http(authorizer, "Unused") : Rest(authorizer, "Unused"))
            await Assert.That(Templates.Read(text).Routes.Single().Authorizer!["reason"]?.ToString())
                .EndsWith("which is not an identity source: a name there consists of visible ASCII characters");
    }

    [Test]
    [Arguments("authorizerResultTtlInSeconds: 300, ", "", true)]
    [Arguments("authorizerResultTtlInSeconds: 1, ", "", true)]
    [Arguments("authorizerResultTtlInSeconds: 0, ", "", false)]
    [Arguments("", "", false)]
    [Arguments("authorizerResultTtlInSeconds: 300, ", "identitySource: method.request.header.A, ", false)]
    public async Task A_REQUEST_authorizer_with_a_cache_needs_an_identity_source(
        string ttl,
        string source,
        bool isClosed)
    {
        const string Reason = "its authorizer keeps answers, but has no identity source that tells callers apart";
        var plain = $$"""
            A: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
              L: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref A, Name: l, Type: REQUEST,
                  {{ttl.Replace("authorizer", "Authorizer", StringComparison.Ordinal)}}
                  {{source.Replace("identity", "Identity", StringComparison.Ordinal)}} AuthorizerUri: {{Arn}} } }
              M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref A, HttpMethod: GET,
                  ResourceId: !GetAtt A.RootResourceId, AuthorizationType: CUSTOM, AuthorizerId: !Ref L,
                  Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: {{Arn}} } } }
            """;
        foreach (var text in Rest($"{ttl}{source}type: request", "Unused").Append(Of(plain)))
        {
            await Assert.That(Templates.Read(text).Routes.Single().Authorizer!["reason"]?.ToString())
                .IsEqualTo(isClosed ? Reason : null).Because(text);
            await Assert.That(Templates.Read(text).Receipt.Any(l => l.Reason == $"{Reason}; the route is closed"))
                .IsEqualTo(isClosed);
        }
    }

    private static IEnumerable<string> Rest(string authorizer, string name)
    {
        var definition = Definition("swagger: '2.0'", $"securityDefinitions: {{ L: {Scheme(authorizer, name)} }}");
        yield return Of($"A: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Body: {definition} }} }}");
        yield return Of(
            $"A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, DefinitionBody: {definition} }} }}");
    }

    private static IEnumerable<string> Http(string authorizer, string name)
    {
        var schemes = $"components: {{ securitySchemes: {{ L: {Scheme(authorizer, name)} }} }}";
        var definition = Definition("openapi: 3.0.1", schemes);
        yield return Of($"A: {{ Type: AWS::ApiGatewayV2::Api, Properties: {{ Body: {definition} }} }}");
        yield return Of($"A: {{ Type: AWS::Serverless::HttpApi, Properties: {{ DefinitionBody: {definition} }} }}");
    }

    private static string Scheme(string authorizer, string name) => $"{{ type: apiKey, name: {name}, in: header, "
        + $"x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: {{ {authorizer}, "
        + $"authorizerUri: {Arn} }} }}";

    private static string Definition(string version, string schemes) =>
        $"{{ {version}, info: {{ title: a, version: '1' }}, {schemes}, paths: {{ /x: {{ get: {{ "
            + $"security: [{{ L: [] }}], x-amazon-apigateway-integration: {{ type: aws_proxy, httpMethod: POST, "
            + $"uri: {Arn}, "
            + "payloadFormatVersion: '1.0' } } } } }";

    private static string Of(string api) =>
        $"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }}\n  {api}\n";
}

using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Guards in <c>Globals</c>, and resources that override them: a resource does not remove what it does not mention.
/// </summary>
internal sealed class GlobalGuardTests
{
    private const string Conditions =
        "Conditions: { Holds: !Equals [a, a], Fails: !Equals [a, b], Off: !Equals [a, b] }\n";

    private const string Lambda = "Auth: { DefaultAuthorizer: Au, Authorizers: { Au: { FunctionArn: !GetAtt F.Arn, "
        + "AuthorizerPayloadFormatVersion: '2.0', Identity: { ReauthorizeEvery: 7 } } } }";

    [Test]
    [Arguments("Auth: { DefaultAuthorizer: !Ref AWS::NoValue }", "HttpApi")]
    [Arguments("Auth: { Authorizers: { Au: !If [Fails, { FunctionArn: x }, !Ref AWS::NoValue] } }", "Api")]
    [Arguments("Auth: { Authorizers: { Au: { FunctionArn: !Ref AWS::NoValue } } }", "Api HttpApi")]
    [Arguments("Auth: { Authorizers: { Au: { Identity: !Ref AWS::NoValue } } }", "Api HttpApi")]
    [Arguments("Auth: { Authorizers: { Au: { Identity: !If [Fails, {}, !Ref AWS::NoValue] } } }", "Api HttpApi")]
    public async Task A_property_that_a_condition_omits_from_an_API_does_not_remove_the_authorizer_of_Globals(
        string own,
        string kinds)
    {
        foreach (var kind in kinds.Split(' '))
        {
            var authorizer = Templates.Read(Of(kind, Lambda, own)).Routes.Single().Authorizer;
            await Assert.That($"{authorizer?["type"]} {authorizer?["ttl"]}").IsEqualTo("lambda 7")
                .Because($"{kind} {own}");
        }
    }

    [Test]
    [Arguments(
        "HttpApi: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: p.yaml } } }",
        "Auth: { DefaultAuthorizer: AWS_IAM, EnableIamAuthorizer: true }")]
    [Arguments(
        "'Fn::Transform': { Name: AWS::Include, Parameters: { Location: p.yaml } }",
        "HttpApi: { Auth: { DefaultAuthorizer: AWS_IAM, EnableIamAuthorizer: true } }")]
    [Arguments(
        "HttpApi: { Auth: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: p.yaml } } } }",
        "{ DefaultAuthorizer: AWS_IAM, EnableIamAuthorizer: true }")]
    public async Task A_guard_that_Globals_include_applies(string globals, string file)
    {
        var text = $"Globals: {{ {globals} }}\n"
            + Templates.FunctionWith("Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: get } } }");
        using var project = new Project(("template.yaml", text), ("p.yaml", file + "\n"));
        await Assert.That(project.Read().Routes.Single().Authorizer?["type"]?.ToString()).IsEqualTo("iam");
    }

    [Test]
    [Arguments("Auth: { ApiKeyRequired: true }", "Auth: { ApiKeyRequired: !Ref AWS::NoValue }", "api_key")]
    [Arguments(
        "Auth: { ApiKeyRequired: true }", "Auth: { ApiKeyRequired: !If [Fails, false, !Ref AWS::NoValue] }", "api_key")]
    [Arguments("Auth: { ApiKeyRequired: true }", "Auth: { ApiKeyRequired: false }", "")]
    [Arguments(
        "Auth: { ResourcePolicy: { IpRangeWhitelist: [10.0.0.0/8] } }",
        "Auth: { ResourcePolicy: !Ref AWS::NoValue }",
        "unsupported")]
    [Arguments(
        "Auth: { ResourcePolicy: { IpRangeWhitelist: [10.0.0.0/8] } }",
        "Auth: { ResourcePolicy: !If [Fails, { IpRangeWhitelist: [10.0.0.1/32] }, !Ref AWS::NoValue] }",
        "unsupported")]
    [Arguments("EndpointConfiguration: { Type: PRIVATE }", "EndpointConfiguration: !Ref AWS::NoValue", "unsupported")]
    [Arguments(
        "EndpointConfiguration: { Type: PRIVATE }",
        "EndpointConfiguration: { Type: !If [Fails, EDGE, !Ref AWS::NoValue] }",
        "unsupported")]
    [Arguments("EndpointConfiguration: { Type: PRIVATE }", "EndpointConfiguration: { Type: EDGE }", "")]
    [Arguments(
        "EndpointConfiguration: PRIVATE",
        "EndpointConfiguration: { Type: !If [Fails, EDGE, !Ref AWS::NoValue] }",
        "unsupported")]
    [Arguments("EndpointConfiguration: PRIVATE", "EndpointConfiguration: { Type: !Ref AWS::NoValue }", "unsupported")]
    [Arguments("EndpointConfiguration: PRIVATE", "EndpointConfiguration: { VPCEndpointIds: [vpce-1] }", "unsupported")]
    [Arguments(
        "EndpointConfiguration: PRIVATE",
        "EndpointConfiguration: !If [Fails, { Type: EDGE }, !Ref AWS::NoValue]",
        "unsupported")]
    [Arguments(
        "EndpointConfiguration: PRIVATE",
        "EndpointConfiguration: !If [Holds, { Type: !If [Fails, EDGE, !Ref AWS::NoValue] }, REGIONAL]",
        "unsupported")]
    [Arguments(
        "EndpointConfiguration: !If [Holds, PRIVATE, EDGE]",
        "EndpointConfiguration: { Type: !If [Fails, EDGE, !Ref AWS::NoValue] }",
        "unsupported")]
    [Arguments(
        "EndpointConfiguration: !If [Fails, PRIVATE, EDGE]", "EndpointConfiguration: { Type: !Ref AWS::NoValue }", "")]
    [Arguments(
        "EndpointConfiguration: !Sub PRIVATE", "EndpointConfiguration: { Type: !Ref AWS::NoValue }", "unsupported")]
    [Arguments("EndpointConfiguration: PRIVATE", "EndpointConfiguration: { Type: EDGE }", "")]
    [Arguments("EndpointConfiguration: PRIVATE", "EndpointConfiguration: EDGE", "")]
    [Arguments("EndpointConfiguration: { Type: PRIVATE }", "EndpointConfiguration: EDGE", "")]
    [Arguments("EndpointConfiguration: { Type: EDGE }", "EndpointConfiguration: PRIVATE", "unsupported")]
    [Arguments(
        "EndpointConfiguration: EDGE", "EndpointConfiguration: !If [Holds, PRIVATE, !Ref AWS::NoValue]", "unsupported")]
    [Arguments(
        "Auth: !If [Holds, { ApiKeyRequired: true }, !Ref AWS::NoValue]",
        "Auth: { AddApiKeyRequiredToCorsPreflight: false }",
        "api_key")]
    [Arguments(
        "Auth: !If [Fails, { ApiKeyRequired: true }, !Ref AWS::NoValue]",
        "Auth: { AddApiKeyRequiredToCorsPreflight: false }",
        "")]
    public async Task Keys_policies_and_certificates_of_Globals_stay_as_well(
        string common,
        string own,
        string expected) =>
        await Assert.That(Type(Of("Api", common, own))).IsEqualTo(expected);

    [Test]
    public async Task Scopes_are_added_to_those_of_Globals() =>
        await Assert.That(string.Join(' ', ((YamlSequence)Templates.Read(Of(
            "HttpApi",
            "Auth: { DefaultAuthorizer: J, Authorizers: { J: { AuthorizationScopes: [a], "
                + "IdentitySource: $request.header.X, JwtConfiguration: { issuer: 'https://i', audience: [z] } } } }",
            "Auth: { Authorizers: { J: { AuthorizationScopes: [b] } } }"))
            .Routes.Single().Authorizer!["scopes"]!).Items)).IsEqualTo("a b");

    [Test]
    public async Task In_other_places_NoValue_removes_a_value_of_Globals_as_on_AWS()
    {
        var function = Templates.Function(Templates.FunctionWith(
            "Timeout: !Ref AWS::NoValue, Environment: { Variables: { Auth: !If [Fails, b, !Ref AWS::NoValue], "
                + "OTHER: c } }",
            $"{Conditions}Globals: {{ Function: {{ Timeout: 9, Environment: {{ Variables: {{ Auth: a, "
                + $"OTHER: a }} }} }} }}"));
        await Assert.That(function.Environment.Keys).IsEquivalentTo(["OTHER"]);
        await Assert.That(function.Timeout).IsNotEqualTo(9);
    }

    [Test]
    [Arguments("Auth: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: auth.yaml } } }")]
    [Arguments("Auth: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: auth.yaml } }, "
        + "AddApiKeyRequiredToCorsPreflight: false }")]
    public async Task An_included_file_is_merged_like_text_in_its_place(string own)
    {
        using var project = new Project(
            ("template.yaml", Of("Api", Lambda, own)),
            ("auth.yaml", "DefaultAuthorizer: AWS_IAM\n"),
            ("src/app.py", ""));
        await Assert.That($"{project.Read().Routes.Single().Authorizer?["type"]}").IsEqualTo("iam");
        project.Write("auth.yaml", "AddDefaultAuthorizerToCorsPreflight: false\n");
        await Assert.That($"{project.Read().Routes.Single().Authorizer?["type"]}").IsEqualTo("lambda");
    }

    [Test]
    [Arguments("Api", "RestApiId", "!Ref AWS::NoValue")]
    [Arguments("Api", "RestApiId", "!If [Fails, !Ref R, !Ref AWS::NoValue]")]
    [Arguments("HttpApi", "ApiId", "!Ref AWS::NoValue")]
    [Arguments("HttpApi", "ApiId", "!If [Fails, !Ref R, !Ref AWS::NoValue]")]
    public async Task An_event_whose_API_is_left_out_is_an_error(string kind, string property, string value)
    {
        var text = Of(kind, "", Lambda)
            .Replace($"{property}: !Ref R,", $"{property}: {value},", StringComparison.Ordinal);
        await Assert.That(Templates.Message(text))
            .Contains($"error: G, event 'E': '{property}' is AWS::NoValue, so the guard of its API would be lost");
        await Assert.That(string.Join(
            '\n',
            Templates.Messages(text.Replace("Events: {", "Events: !If [Holds, {", StringComparison.Ordinal).Replace(
                "Method: get } } } } }", "Method: get } } }, !Ref AWS::NoValue] } }", StringComparison.Ordinal))))
            .Contains($"'{property}' is AWS::NoValue");
    }

    [Test]
    [Arguments("Api", "RestApiId", "")]
    [Arguments("Api", "RestApiId", "null")]
    [Arguments("Api", "RestApiId", "!If [Holds, null, !Ref R]")]
    [Arguments("HttpApi", "ApiId", "")]
    [Arguments("HttpApi", "ApiId", "~")]
    [Arguments("HttpApi", "ApiId", "!If [Fails, !Ref R, null]")]
    public async Task An_event_whose_API_is_null_is_an_error(string kind, string property, string value) =>
        await Assert.That(string.Join('\n', Templates.Messages(Of(kind, "", Lambda)
            .Replace($"{property}: !Ref R,", $"{property}: {value},", StringComparison.Ordinal))))
            .Contains($"error: G: 'Events.E.Properties.{property}").And.Contains(
                "' is null: CloudFormation accepts no null values");

    [Test]
    [Arguments("Auth: !If [Holds, null, { DefaultAuthorizer: NONE }]", "'Auth.Fn::If[1]' is null")]
    [Arguments(
        "Auth: !If [Holds, { DefaultAuthorizer: null }, !Ref AWS::NoValue]",
        "'Auth.Fn::If[1].DefaultAuthorizer' is null")]
    [Arguments(
        "Auth: { Authorizers: { Au: { Identity: { Headers: [null] } } } }",
        "'Auth.Authorizers.Au.Identity.Headers[0]' is null")]
    public async Task A_null_in_a_guard_is_an_error_in_every_place(string own, string expected) =>
        await Assert.That(string.Join('\n', Templates.Messages(Of("Api", Lambda, own))))
            .Contains($"error: R: {expected}");

    [Test]
    [Arguments("Api")]
    [Arguments("HttpApi")]
    public async Task Guards_in_Globals_are_not_an_error_without_an_API(string kind)
    {
        var text = Of(
            kind,
            "Auth: { DefaultAuthorizer: Au }",
            "Auth: { Authorizers: { Au: { FunctionArn: !GetAtt F.Arn, AuthorizerPayloadFormatVersion: '2.0' } } }");
        await Assert.That(Type(text)).IsEqualTo("lambda");
        await Assert.That(Templates.Read(text)
            .Receipt.Where(l => l.Resource.StartsWith("Serverless", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(Templates.Messages(Templates.FunctionWith(
            "Timeout: 3", $"Globals: {{ {kind}: {{ Auth: {{ DefaultAuthorizer: Au }} }} }}"))).IsEmpty();
        var implied = text.Replace("RestApiId: !Ref R,", "", StringComparison.Ordinal)
            .Replace("ApiId: !Ref R,", "", StringComparison.Ordinal);
        await Assert.That(string.Join('\n', Templates.Messages(implied)))
            .Contains($"error: Serverless{(kind == "Api" ? "Rest" : "Http")}Api, Auth: there is no authorizer 'Au'");
    }

    private static string Type(string text) => $"{Templates.Read(text).Routes.Single().Authorizer?["type"]}";

    private static string Of(string kind, string common, string own) => $$"""
        {{Conditions}}{{(common.Length == 0 ? "" : $"Globals: {{ {kind}: {{ {common} }} }}")}}
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          R: { Type: AWS::Serverless::{{kind}}, Properties: { {{(kind == "Api" ? "StageName: v, " : "")}}{{own}} } }
          G: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
              Events: { E: { Type: {{kind}}, Properties: { {{(kind == "Api" ? "RestApiId" : "ApiId")}}: !Ref R,
              Path: /a, Method: get } } } } }
        """;
}

using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Globals;

/// <summary>
/// Values of <c>Auth</c> that SAM reads before CloudFormation evaluates functions: a route that is guarded on AWS is
/// never open here.
/// </summary>
internal sealed class WordsOfAuthTests
{
    private const string Sections =
        "Parameters: { No: { Type: String, Default: 'false' }, Nobody: { Type: String, Default: NONE } }\nMappings: "
            + "{ M: { a: { b: false } } }\nConditions: { Holds: !Equals [a, a], Fails: !Equals [a, b] }\n";

    private const string Token = "DefaultAuthorizer: Au, Authorizers: { Au: { FunctionArn: !GetAtt G.Arn, "
        + "AuthorizerPayloadFormatVersion: '2.0' } }";

    private const string Definition = "DefinitionBody: { swagger: '2.0', info: { title: a, version: '1' }, paths: "
        + "{ /x: { get: { x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: "
        + "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' } } } } }";

    [Test]
    [Arguments("'false'", "text, which SAM treats as true")]
    [Arguments("!Ref No", "a function, which SAM treats as true")]
    [Arguments("!If [Holds, false, true]", "a function, which SAM treats as true")]
    [Arguments("!FindInMap [M, a, b]", "a function, which SAM treats as true")]
    [Arguments("!Ref AWS::NoValue", "a function, which SAM treats as true")]
    [Arguments("'true'", null)]
    [Arguments("!If [Holds, true, false]", null)]
    [Arguments("true", null)]
    public async Task Text_and_functions_instead_of_a_boolean_guard_as_on_AWS(string written, string? line)
    {
        foreach (var (api, own, path) in new[]
        {
            ($"ApiKeyRequired: {written}", "", "A: Auth.ApiKeyRequired"),
            ("ApiKeyRequired: true", $"Auth: {{ ApiKeyRequired: {written} }}", "F: Events.E.Auth.ApiKeyRequired"),
            ("InvokeRole: NONE", $"Auth: {{ ApiKeyRequired: {written} }}", "F: Events.E.Auth.ApiKeyRequired"),
        })
        {
            var text = Of("Api", $"Auth: {{ {api} }}", own);
            await Assert.That(Guard(text, "GET")).IsEqualTo("api_key").Because($"{api} {own}");
            await Assert.That(Told(text)).IsEqualTo(line is null ? "" : $"{path} is {line}");
        }
    }

    [Test]
    [Arguments("ApiKeyRequired: true", "ApiKeyRequired: !If [Holds, false, true]")]
    [Arguments("ApiKeyRequired: !If [Holds, false, true]", "AddApiKeyRequiredToCorsPreflight: true")]
    [Arguments("ApiKeyRequired: 'false'", "AddApiKeyRequiredToCorsPreflight: true")]
    public async Task The_same_is_true_in_Globals_and_for_the_API_that_only_they_configure(string common, string own)
    {
        await Assert.That(Guard(
            $"Globals: {{ Api: {{ Auth: {{ {common} }} }} }}\n" + Of("Api", $"Auth: {{ {own} }}", ""),
            "GET")).IsEqualTo("api_key");
        var single = own.StartsWith("ApiKeyRequired", StringComparison.Ordinal) ? own : common;
        var text = $"Globals: {{ Api: {{ Auth: {{ {single} }} }} }}\n"
            + Templates.FunctionWith("Events: { E: { Type: Api, Properties: { Path: /x, Method: get } } }", Sections);
        await Assert.That($"{Templates.Read(text).Routes.Single().Authorizer?["type"]}").IsEqualTo("api_key");
    }

    [Test]
    [Arguments($"{Token}, AddDefaultAuthorizerToCorsPreflight: 'false'", "lambda")]
    [Arguments($"{Token}, AddDefaultAuthorizerToCorsPreflight: !Ref No", "lambda")]
    [Arguments($"{Token}, AddDefaultAuthorizerToCorsPreflight: false", "")]
    [Arguments("ApiKeyRequired: true, AddApiKeyRequiredToCorsPreflight: 'false'", "api_key")]
    [Arguments("ApiKeyRequired: true, AddApiKeyRequiredToCorsPreflight: false", "")]
    public async Task Preflights_are_guarded_as_on_AWS(string api, string expected) =>
        await Assert.That(Guard(Of("Api", $"Auth: {{ {Rest(api)} }}", ""), "OPTIONS")).IsEqualTo(expected);

    [Test]
    [Arguments("!If [Holds, { Authorizer: NONE }, !Ref AWS::NoValue]", true)]
    [Arguments("!If [Fails, !Ref AWS::NoValue, { Authorizer: NONE, OverrideApiAuth: true }]", true)]
    [Arguments("!If [Holds, { Authorizer: NONE }, { Authorizer: Au }]", true)]
    [Arguments("!If [Fails, { Authorizer: NONE }, { Authorizer: Au }]", true)]
    [Arguments("!Ref AWS::NoValue", false)]
    public async Task A_function_for_the_Auth_of_an_event_opens_nothing(string auth, bool isTold)
    {
        foreach (var kind in new[] { "Api", "HttpApi" })
        {
            var text = Of(kind, $"Auth: {{ {(kind == "Api" ? Rest(Token) : Token)} }}", $"Auth: {auth}");
            await Assert.That(Guard(text, "GET")).IsEqualTo("lambda").Because(kind);
            await Assert.That(Told(text).Contains(
                "F: Events.E.Auth is a function, which SAM does not evaluate",
                StringComparison.Ordinal)).IsEqualTo(isTold);
        }
    }

    [Test]
    public async Task A_function_that_requires_no_key_opens_nothing() =>
        await Assert.That(Guard(
            Of(
                "Api",
                "Auth: { ApiKeyRequired: true }",
                "Auth: !If [Holds, { ApiKeyRequired: false }, !Ref AWS::NoValue]"), "GET")).IsEqualTo("api_key");

    [Test]
    public async Task An_HTTP_API_has_its_default_authorizer_for_such_a_preflight_too() =>
        await Assert.That(Guard(
            Of(
                "HttpApi",
                $"Auth: {{ {Token} }}",
                "Auth: !If [Holds, { Authorizer: NONE }, !Ref AWS::NoValue]",
                "options"), "OPTIONS")).IsEqualTo("lambda");

    [Test]
    [Arguments("Authorizer: !If [Holds, NONE, Au]", "'Authorizer' is a function that returns NONE")]
    [Arguments("Authorizer: !Ref Nobody", "'Authorizer' is a function that returns NONE")]
    public async Task A_function_that_opens_a_route_by_name_is_an_error(string auth, string message)
    {
        foreach (var kind in new[] { "Api", "HttpApi" })
            await Assert.That(string.Join('\n', Templates.Messages(Of(
                kind,
                $"Auth: {{ {(kind == "Api" ? Rest(Token) : Token)} }}",
                $"Auth: {{ {auth} }}")))).Contains("error: ").And.Contains(message);
    }

    [Test]
    [Arguments("Api", "Authorizer: NONE, AuthorizationScopes: []", "'Authorizer' is NONE, and its API has no Default")]
    [Arguments("HttpApi", "Authorizer: NONE, AuthorizationScopes: []", "'Authorizer' is NONE, and its API has no Def")]
    [Arguments("HttpApi", "AuthorizationScopes: []", "'Auth' names no Authorizer, and its API has no Default")]
    [Arguments("Api", "Authorizer: NONE, AuthorizationScopes: [s]", "'Authorizer' is NONE, and its API has no Default")]
    [Arguments("Api", "Authorizer: NONE, ApiKeyRequired: true", "'Authorizer' is NONE, and its API has no Default")]
    [Arguments("HttpApi", "Authorizer: NONE, AuthorizationScopes: [s]", "'Authorizer' is NONE, and its API has no D")]
    [Arguments("HttpApi", "AuthorizationScopes: [s]", "'Auth' names no Authorizer, and its API has no Default")]
    [Arguments("Api", "AuthorizationScopes: [s]", "'Auth' has 'AuthorizationScopes', but names no Authorizer")]
    [Arguments("HttpApi", "InvokeRole: NONE", "'Auth' names no Authorizer, and its API has no DefaultAuthorizer")]
    public async Task Settings_of_a_guard_that_the_API_does_not_have_are_an_error(
        string kind,
        string auth,
        string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(Of(kind, "Name: n", $"Auth: {{ {auth} }}"))))
            .Contains("error: ").And.Contains(message);

    [Test]
    [Arguments("OverrideApiAuth: 'false', Authorizer: NONE")]
    [Arguments("OverrideApiAuth: !Ref No, Authorizer: NONE")]
    public async Task Text_that_lets_an_event_override_a_definition_is_an_error(string auth) =>
        await Assert.That(string.Join(
            '\n', Templates.Messages(Of("Api", $"{Definition}, Auth: {{ {Rest(Token)} }}", $"Auth: {{ {auth} }}"))))
            .Contains("'OverrideApiAuth' is text or a function");

    [Test]
    [Arguments("ApiKeyRequired: false")]
    [Arguments("Authorizer: NONE")]
    [Arguments("Authorizer: Au")]
    public async Task Settings_of_an_event_that_its_definition_does_not_require_are_a_line(string auth)
    {
        var template = Templates.Read(Of("Api", Definition, $"Auth: {{ {auth} }}"));
        await Assert.That(template.Receipt.Single(l => l.Property == "Events.E.Auth").Outcome)
            .IsEqualTo(Outcome.Ignored);
    }

    private static string Rest(string auth) =>
        auth.Replace(", AuthorizerPayloadFormatVersion: '2.0'", "", StringComparison.Ordinal);

    private static string Guard(string text, string method) =>
        $"{Templates.Read(text).Routes.Single(r => r.Method == method).Authorizer?["type"]}";

    private static string Told(string text) => string.Join('\n', Templates.Messages(text)
        .Where(m => m.Contains("SAM", StringComparison.Ordinal))
        .Select(m => m[(m.IndexOf("warning: ", StringComparison.Ordinal) + 9)..].Split(';')[0]));

    private static string Of(string kind, string api, string own, string method = "get") => $$"""
        {{Sections}}
        Resources:
          G: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          A: { Type: AWS::Serverless::{{kind}}, Properties: { StageName: v, {{api}} } }
          F:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: src
              Handler: app.handler
              Runtime: python3.12
              Events:
                E: { Type: {{kind}}, Properties: { {{(kind == "Api" ? "RestApiId" : "ApiId")}}: !Ref A, Path: /x, Method: {{method}}{{(own.Length == 0 ? "" : ", " + own)}} } }
        {{(kind == "Api" && !api.Contains("DefinitionBody", StringComparison.Ordinal) ? "        O: { Type: Api, Properties: { RestApiId: !Ref A, Path: /o, Method: options } }" : "")}}
        """;
}

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Access to an operation of a definition, according to the operation, its definition, and the SAM API and events. The
/// table next to this file was made with AWS SAM's translator; where it requires two authorizers at once, or
/// signatures, it says "closed".
/// </summary>
internal sealed class SamSecurityTests
{
    // REST APIs have TOKEN authorizers, HTTP APIs REQUEST authorizers.
    private static string SchemeOf(string kind) =>
        kind == "Api" ? Scheme : Scheme.Replace("token", "request", StringComparison.Ordinal);

    private const string Scheme = "apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: custom, "
        + "x-amazon-apigateway-authorizer: { type: token, authorizerUri: ";

    [Test]
    public async Task The_guard_of_an_operation_is_the_one_that_SAM_gives_it()
    {
        var rows = await RowsAsync();
        var wrong = rows.Where(r => Found(r) != r[^1]).Select(r => $"{string.Join(" | ", r)}, not {Found(r)}").ToList();
        await Assert.That(rows.Count).IsGreaterThan(500);
        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
    }

    [Test]
    [Arguments("Auth: { ResourcePolicy: { IpRangeWhitelist: [10.9.8.7] } }")]
    [Arguments("Auth: { ResourcePolicy: { CustomStatements: [{ Effect: Deny, Principal: '*', Action: '*', "
        + "Resource: '*' }] } }")]
    [Arguments("Policy: { Statement: [{ Effect: Deny, Principal: '*', Action: '*', Resource: '*' }] }")]
    public async Task A_policy_of_the_API_closes_every_operation_whatever_its_security(string policy)
    {
        foreach (var top in new[] { "-", "[{ au: [] }]" })
        {
            foreach (var own in new[] { "-", "[]", "[{ api_key: [] }]", "[{ au: [] }]" })
                await Assert.That(Guard(Template(["Api", "-", top, own, "none", "get", "true"], policy)))
                    .IsEqualTo("closed");
        }
    }

    [Test]
    [Arguments("true", "{ ResourcePolicy: { IpRangeWhitelist: [10.9.8.7] } }")]
    [Arguments("false", "{ OverrideApiAuth: true, ResourcePolicy: { IpRangeWhitelist: [10.9.8.7] } }")]
    public async Task A_policy_of_one_event_closes_every_route_of_its_API(string merges, string auth)
    {
        var text = Template(["Api", "-", "-", "[]", auth, "get", merges], "")
            .Replace("paths: {", $"paths: {{ /b: {{ get: {{ {Integration} }} }},", StringComparison.Ordinal);
        await Assert.That(Templates.Read(text).Routes.Select(r => r.Authorizer?["reason"]?.ToString() ?? "open")
            .Distinct()).IsEquivalentTo(["it has a resource policy, which cannot be checked here"]);
    }

    [Test]
    [Arguments("HttpApi", "{ DefaultAuthorizer: L, Authorizers: { L: LF } }", "-", "open")]
    [Arguments("HttpApi", "{ DefaultAuthorizer: L, Authorizers: { L: LF } }", "{ Authorizer: L }", "L")]
    [Arguments("Api", "{ DefaultAuthorizer: L, Authorizers: { L: LF } }", "-", "L")]
    [Arguments(
        "Api",
        "{ DefaultAuthorizer: L, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: { L: LF } }",
        "-",
        "open")]
    [Arguments(
        "Api",
        "{ DefaultAuthorizer: L, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: { L: LF } }",
        "{ Authorizer: L }",
        "L")]
    [Arguments("Api", "{ ApiKeyRequired: true }", "-", "key")]
    [Arguments("Api", "{ ApiKeyRequired: true, AddApiKeyRequiredToCorsPreflight: false }", "-", "open")]
    [Arguments(
        "Api", "{ ApiKeyRequired: true, AddApiKeyRequiredToCorsPreflight: false }", "{ ApiKeyRequired: true }", "key")]
    public async Task An_event_of_OPTIONS_is_guarded_as_SAM_guards_preflights(
        string kind,
        string auth,
        string own,
        string expected) =>
        await Assert.That(Guard(Template([kind, auth, "-", "no operation", own, "options", "false"], $"Auth: {auth}")
            .Split("      DefinitionBody:")[0])).IsEqualTo(expected);

    [Test]
    public async Task Two_definitions_of_one_API_are_an_error() =>
        await Assert.That(Templates.Messages("Resources: { A: { Type: AWS::Serverless::Api, Properties: { "
            + "StageName: v, DefinitionUri: a.yaml, DefinitionBody: { swagger: '2.0', paths: {} } } } }"))
            .Contains(m => m.Contains(
                "error: A: 'DefinitionBody' and 'DefinitionUri' cannot both be the definition",
                StringComparison.Ordinal));

    private static async Task<List<string[]>> RowsAsync()
    {
        await using var stream = typeof(SamSecurityTests).Assembly.GetManifestResourceStream("sam-security.txt")!;
        using var reader = new StreamReader(stream);
        return [.. (await reader.ReadToEndAsync()).Split('\n').Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split(" | "))];
    }

    private static string Found(string[] row) => Guard(Template(row, row[1] == "-" ? "" : $"Auth: {row[1]}"));

    private static string Guard(string template)
    {
        var route = Templates.Read(template).Routes.Single(r => r.Path == "/a");
        return route.Authorizer?["type"]?.ToString() switch
        {
            null => "open",
            "api_key" => "key",
            "lambda" => (route.Authorizer.Contains("api_key_required") ? "key+" : "")
                + (route.Authorizer["function"]!.ToString()! == "Au" ? "au" : "L"),
            _ => "closed",
        };
    }

    private static string Uri(string function) =>
        $"!Sub 'arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{function}.Arn}}/invocations'";

    private static string Integration =>
        $"x-amazon-apigateway-integration: {{ type: aws_proxy, httpMethod: POST, uri: {Uri("F")} }}";

    private static string Template(string[] row, string property)
    {
        var (kind, top, own, auth, method) = (row[0], row[2], row[3], row[4], row[5]);
        var authorizer = kind == "Api" ? "{ FunctionArn: !GetAtt L.Arn }" : "{ FunctionArn: !GetAtt L.Arn, "
            + "AuthorizerPayloadFormatVersion: '2.0', Identity: { Headers: [Authorization] } }";
        var events = auth == "none"
            ? ""
            : $", Events: {{ E: {{ Type: {kind}, Properties: {{ Path: /a, Method: {method}, "
                + $"{(kind == "Api" ? "RestApiId" : "ApiId")}: !Ref MyApi{(auth == "-" ? "" : $", Auth: {auth}")} "
                + $"}} }} }}";
        var operation = $"{{ {(own == "-" ? "" : $"security: {own}, ")}{Integration} }}";
        return $$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}}{{events}} } }
              Au: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              L: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              MyApi:
                Type: AWS::Serverless::{{kind}}
                Properties:
                  StageName: v1
                  {{(row[6] == "true" ? "MergeDefinitions: true" : "")}}
                  {{property.Replace("LF", authorizer, StringComparison.Ordinal)}}
                  DefinitionBody:
                    openapi: 3.0.1
                    info: { title: x, version: '1' }
                    {{(top == "-" ? "" : $"security: {top}")}}
                    components: { securitySchemes: { api_key: { type: apiKey, name: x-api-key, in: header },
                        au: { type: {{SchemeOf(kind)}}{{Uri("Au")}} } } } }
                    paths: { {{(own == "no operation" ? "" : $"/a: {{ {method}: {operation} }}")}} }
            """;
    }
}

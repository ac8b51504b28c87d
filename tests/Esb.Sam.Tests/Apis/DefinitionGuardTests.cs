using Esb.Sam.Apis;
using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Access to the routes of a definition, and paths of it whose requests must not be taken by a broader route.
/// </summary>
internal sealed class DefinitionGuardTests
{
    private const string Integration = "x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, "
        + "uri: !Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' }";

    [Test]
    [Arguments("[key]", "its 'security' has text where the mapping of a scheme to its scopes belongs")]
    [Arguments("[[key]]", "its 'security' has a list where the mapping of a scheme to its scopes belongs")]
    [Arguments("[{ key: [] }, key]", "its 'security' has text where the mapping of a scheme to its scopes belongs")]
    [Arguments("key", "its 'security' is text and not a list")]
    [Arguments("[{ key: admin }]", "the scopes of 'key' in its 'security' are not a list of text")]
    [Arguments("[{ kee: [] }]", "the definition has no security scheme 'kee'")]
    public async Task A_security_requirement_that_cannot_be_honoured_closes_its_route_and_is_reported(
        string security,
        string reason)
    {
        foreach (var text in new[]
        {
            Definition("", $"/a: {{ get: {{ security: {security}, {Integration} }} }}"),
            Definition($"security: {security}", $"/a: {{ get: {{ {Integration} }} }}"),
        })
        {
            var template = Templates.Read(text);
            await Assert.That(Routes(template)).IsEqualTo("GET /a unsupported");
            await Assert.That(Templates.Message(text))
                .Contains($"warning: MyApi: GET /a: the route is closed: {reason}");
            await Assert.That(template.Receipt).Contains(l => l.Property == "GET /a.security"
                && l.Outcome == Outcome.Ignored
                && l.Reason.StartsWith(reason, StringComparison.Ordinal));
        }
    }

    [Test]
    [Arguments("", "api_key")]
    [Arguments("security: [],", "")]
    [Arguments("security: [{}],", "")]
    public async Task An_operation_without_security_has_that_of_the_definition_and_an_empty_one_is_open(
        string security,
        string expected) =>
        await Assert.That(Routes(Templates.Read(Definition(
            "security: [{ key: [] }]",
            $"/a: {{ get: {{ {security} {Integration} }} }}")))).IsEqualTo($"GET /a {expected}");

    [Test]
    [Arguments("", "securty: [{ key: [] }],", "", "'GET /a' has no key 'securty'; did you mean 'security'?")]
    [Arguments("", "Security: [{ key: [] }],", "", "'GET /a' has no key 'Security'; did you mean 'security'?")]
    [Arguments("", "", "securitys: [{ key: [] }],", "path '/a' has no key 'securitys'; write 'security' in each of its "
        + "operations, or at the top of the definition")]
    [Arguments(
        "",
        "",
        "security: [{ key: [] }],",
        "path '/a' has no key 'security'; write 'security' in each of its operations, or at the top of the definition")]
    [Arguments("securty: [{ key: [] }]", "", "", "its definition has no key 'securty'; did you mean 'security'?")]
    [Arguments("SECURITY: [{ key: [] }]", "", "", "its definition has no key 'SECURITY'; did you mean 'security'?")]
    public async Task A_misspelt_or_misplaced_security_key_is_an_error(
        string top,
        string operation,
        string item,
        string expected) =>
        await Assert.That(string.Join(
            '\n', Templates.Messages(Definition(top, $"/a: {{ {item} get: {{ {operation} {Integration} }} }}"))))
            .Contains($"error: MyApi: {expected}");

    [Test]
    [Arguments("{}", "it has no method")]
    [Arguments("null", "it has no method")]
    [Arguments("{ description: later }", "it has no method")]
    [Arguments("{ $ref: '#/paths/~1gone' }", "its '$ref' to '#/paths/~1gone' leads to no path of the definition")]
    [Arguments("{ $ref: '#/paths/~1b' }", "its '$ref' to '#/paths/~1b' leads to no path of the definition")]
    [Arguments(
        "{ $ref: 'https://example.com/a.yaml' }",
        "its '$ref' to 'https://example.com/a.yaml' leads to no path of the definition")]
    public async Task A_path_without_a_method_is_closed_and_reported(string item, string reason)
    {
        var text = Definition("", $"{{ '/{{proxy+}}': {{ get: {{ {Integration} }} }}, /b: {item} }}");
        var template = Templates.Read(text);
        await Assert.That(Routes(template)).IsEqualTo("GET /{proxy+}  | ANY /b unsupported");
        await Assert.That(Templates.Message(text)).Contains($"warning: MyApi: ANY /b: the route is closed: {reason}");
        await Assert.That(template.Receipt).Contains(l => l.Property == "ANY /b" && l.Outcome == Outcome.Ignored);
    }

    [Test]
    [Arguments("'#/paths/~1a~1{id}'")]
    [Arguments("'#/paths/~1a~1%7Bid%7D'")]
    [Arguments("'#/x-paths/one'")]
    public async Task A_path_that_refers_to_another_one_has_its_methods(string reference)
    {
        var text = Definition("x-paths: { one: { $ref: '#/paths/~1a~1{id}' } }", $"{{ '/a/{{id}}': {{ "
            + $"get: {{ security: [{{ key: [] }}], {Integration} }} }}, '/b/{{id}}': {{ $ref: {reference} }} }}");
        await Assert.That(Routes(Templates.Read(text))).IsEqualTo("GET /a/{id} api_key | GET /b/{id} api_key");
    }

    [Test]
    [Arguments("any")]
    [Arguments("x-amazon-apigateway-any")]
    [Arguments("x-amazon-apigatway-any-method")]
    [Arguments("x-amazon-apigateway-anymethod")]
    [Arguments("gett")]
    public async Task A_misspelt_method_is_an_error(string method) =>
        await Assert.That(string.Join(
            '\n', Templates.Messages(Definition("", $"/a: {{ {method}: {{ {Integration} }} }}"))))
            .Contains($"error: MyApi: path '/a' has no method '{method}'; "
                + $"did you mean '{(method == "gett" ? "get" : "x-amazon-apigateway-any-method")}'?");

    private static string Routes(SamTemplate template) =>
        string.Join(" | ", template.Routes.Select(r => $"{r.Method} {r.Path} {r.Authorizer?["type"]}"));

    private static string Definition(string top, string paths) => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          MyApi:
            Type: AWS::Serverless::Api
            Properties:
              StageName: v1
              DefinitionBody:
                swagger: '2.0'
                securityDefinitions: { key: { type: apiKey, name: x-api-key, in: header } }
                {{top}}
                paths:
                  {{paths}}
        """;
}

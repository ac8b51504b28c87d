using Esb.Sam.Apis;
using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Apis;

/// <summary>Who may call the routes of a definition, and paths of it that nobody may leave to a broader route.</summary>
internal sealed class DefinitionGuardTests
{
    private const string Integration = "x-amazon-apigateway-integration: { type: aws_proxy, uri: !Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' }";

    [Test]
    [Arguments("[key]", "its 'security' has text where the mapping of a scheme to its scopes belongs")]
    [Arguments("[null]", "its 'security' has nothing where the mapping of a scheme to its scopes belongs")]
    [Arguments("[[key]]", "its 'security' has a list where the mapping of a scheme to its scopes belongs")]
    [Arguments("[{ key: [] }, key]", "its 'security' has text where the mapping of a scheme to its scopes belongs")]
    [Arguments("key", "its 'security' is text and not a list")]
    [Arguments("[{ key: admin }]", "the scopes of 'key' in its 'security' are no list of text")]
    [Arguments("[{ kee: [] }]", "the definition has no security scheme 'kee'")]
    public async Task A_security_that_cannot_be_honoured_closes_its_route_and_is_named(string security, string reason)
    {
        foreach (var text in new[] { Definition("", $"/a: {{ get: {{ security: {security}, {Integration} }} }}"), Definition($"security: {security}", $"/a: {{ get: {{ {Integration} }} }}") })
        {
            var template = Templates.Read(text);
            await Assert.That(Routes(template)).IsEqualTo("GET /a unsupported");
            await Assert.That(Templates.Message(text)).Contains($"warning: MyApi: GET /a: the route is closed: {reason}");
            await Assert.That(template.Receipt).Contains(l => l.Property == "GET /a.security" && l.Outcome == Outcome.Ignored && l.Reason.StartsWith(reason, StringComparison.Ordinal));
        }
    }

    [Test]
    [Arguments("security: ,", "api_key")]
    [Arguments("", "api_key")]
    [Arguments("security: [],", "")]
    [Arguments("security: [{}],", "")]
    public async Task A_security_with_nothing_behind_it_leaves_that_of_the_definition(string security, string expected) =>
        await Assert.That(Routes(Templates.Read(Definition("security: [{ key: [] }]", $"/a: {{ get: {{ {security} {Integration} }} }}")))).IsEqualTo($"GET /a {expected}");

    [Test]
    [Arguments("", "securty: [{ key: [] }],", "", "'GET /a' has no key 'securty'; did you mean 'security'?")]
    [Arguments("", "Security: [{ key: [] }],", "", "'GET /a' has no key 'Security'; did you mean 'security'?")]
    [Arguments("", "", "securitys: [{ key: [] }],", "path '/a' has no key 'securitys'; write 'security' in each of its operations, or at the top of the definition")]
    [Arguments("", "", "security: [{ key: [] }],", "path '/a' has no key 'security'; write 'security' in each of its operations, or at the top of the definition")]
    [Arguments("securty: [{ key: [] }]", "", "", "its definition has no key 'securty'; did you mean 'security'?")]
    [Arguments("SECURITY: [{ key: [] }]", "", "", "its definition has no key 'SECURITY'; did you mean 'security'?")]
    public async Task A_misspelt_or_misplaced_security_is_an_error(string top, string operation, string item, string expected) =>
        await Assert.That(string.Join('\n', Templates.Messages(Definition(top, $"/a: {{ {item} get: {{ {operation} {Integration} }} }}")))).Contains($"error: MyApi: {expected}");

    private static string Routes(SamTemplate template) => string.Join(" | ", template.Routes.Select(r => $"{r.Method} {r.Path} {r.Authorizer?["type"]}"));

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

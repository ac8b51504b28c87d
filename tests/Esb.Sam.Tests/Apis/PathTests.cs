namespace Esb.Sam.Tests.Apis;

/// <summary>Paths that no request can reach are errors wherever a template contains one.</summary>
internal sealed class PathTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    public static IEnumerable<Func<(string Path, string Reason)>> Wrong() =>
        new[]
        {
            ("/q?x=1", "a query is not part of the path"), (
                "/a#x", "what follows is never sent"), ("/{proxy*}", "is not a variable"), (
                    "/*", "is not a wildcard"), ("/w*", "is not a wildcard"), ("/a/*/b", "is not a wildcard"),
            ("/a/../b", "dot segments"), (
                "/.", "dot segments"), ("/..", "dot segments"), ("/%2e%2E/b", "dot segments"), (
                    "/{a b}", "is not a variable"), ("/{a?}", "query"), ("/%zz", "hexadecimal"), ("/a%", "hexadecimal"),
            ("/a%4", "hexadecimal"), ("/{a}{b}", "must be a parameter as a whole"), ("/{a}/{a}", "is in it twice"), (
                "/x{a}", "must be a parameter as a whole"), ("a", "must start with '/'"), ("/a//b", "an empty segment"),
            ("/{}", "has no name"), ("/{a+}/b", "must be the last segment"), (
                "/{a/b}", "must be a parameter as a whole"), ("/{ä}", "is not a variable"),
        }.Select(r => (Func<(string, string)>)(() => r));

    [Test]
    [MethodDataSource(nameof(Wrong))]
    public async Task A_path_that_no_request_reaches_is_an_error_wherever_it_is_written(string path, string reason)
    {
        string[] texts =
        [
            Templates.FunctionWith($"Events: {{ E: {{ Type: Api, Properties: {{ Path: '{path}', Method: get }} }} }}"),
            Templates.FunctionWith(
                $"Events: {{ E: {{ Type: HttpApi, Properties: {{ Path: '{path}', Method: get }} }} }}"),
            Templates.FunctionWith("Timeout: 3") + $"  A: {{ Type: AWS::Serverless::Api, Properties: {{ "
                + $"StageName: Prod, DefinitionBody: {{ swagger: '2.0', paths: {{ '{path}': {{ "
                + $"get: {{ x-amazon-apigateway-integration: {{ type: aws_proxy, httpMethod: POST, "
                + $"uri: {Uri} }} }} }} }} }} }} }}\n",
            Templates.FunctionWith("Timeout: 3")
                + $"  A: {{ Type: AWS::ApiGatewayV2::Api, Properties: {{ Name: a, ProtocolType: HTTP }} }}\n  "
                + $"R: {{ Type: AWS::ApiGatewayV2::Route, Properties: {{ ApiId: !Ref A, RouteKey: 'GET {path}' }} }}\n",
        ];
        foreach (var text in texts)
            await Assert.That(string.Join('\n', Templates.Messages(text))).Contains("error: ").And.Contains(reason);
        if (path[0] != '/' || path[1..].Contains('/', StringComparison.Ordinal) || path == "/")
            return;
        var plain = $"Resources:\n  A: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Name: a }} }}\n  P: {{ "
            + $"Type: AWS::ApiGateway::Resource, Properties: {{ RestApiId: !Ref A, ParentId: !GetAtt A.RootResourceId, "
            + $"PathPart: '{path[1..]}' }} }}\n  M: {{ Type: AWS::ApiGateway::Method, Properties: {{ "
            + $"RestApiId: !Ref A, ResourceId: !Ref P, HttpMethod: GET, Integration: {{ Type: MOCK }} }} }}\n";
        await Assert.That(string.Join('\n', Templates.Messages(plain))).Contains("error: ").And.Contains(reason);
    }

    [Test]
    [Arguments("/")]
    [Arguments("/orders/{id}")]
    [Arguments("/{proxy+}")]
    [Arguments("/a.b/c_d-e~f:1/@x/$batch")]
    [Arguments("/a%20b")]
    [Arguments("/users/")]
    [Arguments("/.well-known/openid-configuration")]
    public async Task A_path_that_requests_reach_is_accepted(string path) =>
        await Assert.That(Templates.Messages(Templates.FunctionWith(
            $"Events: {{ E: {{ Type: HttpApi, Properties: {{ Path: '{path}', Method: get }} }} }}"))).IsEmpty();

    [Test]
    [Arguments("/admin ", "has a space", true)]
    [Arguments("/ admin", "has a space", true)]
    [Arguments("/admin\\u200b", "has the character U+200B", true)]
    [Arguments("/ad\\u00admin", "has the character U+00AD", true)]
    [Arguments("/admin\\u00a0", "has the character U+00A0", true)]
    [Arguments("/admin\\ufe0f", "has the character U+FE0F", true)]
    [Arguments("/admin\\u3164", "has the character U+3164", true)]
    [Arguments("/\\u00e4", "has the character U+00E4", false)]
    [Arguments("/a%20b", "has '%'", false)]
    [Arguments("/a+b", "has '+'", false)]
    [Arguments("/~a", "has '~'", false)]
    [Arguments("/a@b", "has '@'", false)]
    [Arguments("/a;b", "has ';'", false)]
    [Arguments("/a=b", "has '='", false)]
    [Arguments("/(a)", "has '('", false)]
    [Arguments("/a|b", "has '|'", false)]
    public async Task A_character_that_API_Gateway_accepts_in_no_path_is_an_error(
        string path,
        string reason,
        bool inHttpApis)
    {
        static string Text(string kind, string path) =>
            Templates.FunctionWith($"Events: {{ E: {{ Type: {kind}, Properties: {{ Path: \"{path}\", "
                + $"Method: get }} }}, B: {{ Type: {kind}, Properties: {{ Path: '/{{proxy+}}', Method: any }} }} }}");
        await Assert.That(Templates.Message(Text("Api", path))).Contains("error: F, event 'E': path '")
            .And.Contains($"it {reason}; a path of a REST API has letters, digits and any of ._-:,$");
        var http = Templates.Messages(Text("HttpApi", path));
        if (inHttpApis)
            await Assert.That(http.Single()).Contains($"it {reason}; no request has that in its path");
        else
            await Assert.That(http).IsEmpty();
    }

    [Test]
    [Arguments("/orders/{id}/x.y_z-1:2/$batch,a")]
    [Arguments("/{proxy+}")]
    [Arguments("/a/")]
    public async Task A_path_of_a_REST_API_with_allowed_characters_is_accepted(string path) =>
        await Assert.That(Templates.Messages(Templates.FunctionWith(
            $"Events: {{ E: {{ Type: Api, Properties: {{ Path: '{path}', Method: get }} }} }}"))).IsEmpty();

    [Test]
    [Arguments("Api", "/$default", "/$default")]
    [Arguments("HttpApi", "/$default", "$default")]
    [Arguments("HttpApi", "$default", "$default")]
    public async Task Only_an_HTTP_API_has_a_default_route(
        string kind,
        string path,
        string expected) =>
        await Assert.That(Templates.Read(Templates.FunctionWith($"Events: {{ E: {{ Type: {kind}, Properties: {{ "
            + $"Path: {path}, Method: any }} }} }}")).Routes.Single().Path).IsEqualTo(expected);

    [Test]
    [Arguments("Type: Api, Properties: { Path: $default, Method: any }", "a REST API has no such route")]
    [Arguments("Type: HttpApi, Properties: { Method: get }", "F, event 'E': 'Path' is missing")]
    [Arguments("Type: HttpApi, Properties: { Path: /a }", "F, event 'E': 'Method' is missing")]
    public async Task An_incomplete_route_is_an_error(string @event, string message) =>
        await Assert.That(Templates.Message(Templates.FunctionWith($"Events: {{ E: {{ {@event} }} }}")))
            .Contains("error: ")
            .And.Contains(message);

    [Test]
    [Arguments("/a/{id}", "/a/{name}")]
    [Arguments("/{proxy+}", "/{rest+}")]
    public async Task Routes_that_differ_only_in_variables_are_an_error_in_one_API_and_a_warning_in_two(
        string first,
        string second)
    {
        var events = $"Events: {{ A: {{ Type: Api, Properties: {{ Path: '{first}', Method: get }} }}, B: {{ Type: @, "
            + $"Properties: {{ Path: '{second}', Method: get }} }} }}";
        await Assert.That(
            Templates.Message(Templates.FunctionWith(events.Replace("@", "Api", StringComparison.Ordinal))))
            .Contains($"error: GET {second} takes the same requests as {first} of the API 'ServerlessRestApi'");
        await Assert.That(Templates.Message(Templates.FunctionWith(events.Replace(
            "@", "HttpApi", StringComparison.Ordinal)))).Contains($"warning: GET {second} belongs to two APIs");
    }
}

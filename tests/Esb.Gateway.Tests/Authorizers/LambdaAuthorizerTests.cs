using System.Text;
using System.Text.Json.Nodes;
using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Tests.Serving;
using Esb.Schema.Routing;

namespace Esb.Gateway.Tests.Authorizers;

internal sealed class LambdaAuthorizerTests
{
    private const string Allow = """
        {"principalId":"u1","policyDocument":{"Version":"2012-10-17",
        "Statement":[{"Action":"execute-api:Invoke","Effect":"Allow","Resource":"*"}]},
        "context":{"s":"x","n":7,"b":true}}
        """;
    private const string User = "{\"principalId\":\"u\",\"policyDocument\":{\"Statement\":[";
    private const string All = """{"Action":"*","Effect":"Allow","Resource":"*"}""";
    private const string NotAuthorized = "403 {\"Message\":\"User is not authorized to access this resource";

    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly List<JsonNode> _events = [];

    [Test]
    public async Task A_TOKEN_authorizer_gets_the_token_and_the_ARN_and_its_context_becomes_text()
    {
        await using var gateway = await StartAsync(
            "{ path: '/orders/{id}', function: echo, api: shop, stage: live, authorizer: { type: lambda, "
                + "function: guard, kind: TOKEN } }", Allow);
        var answer = await gateway.GetAsync("/orders/a%2Fb?x=1", "Authorization: secret");
        await Assert.That(answer.Authorizer())
            .IsEqualTo("""{"principalId":"u1","integrationLatency":0,"s":"x","n":"7","b":"true"}""");
        await Assert.That(_events.Single().ToJsonString()).IsEqualTo(
            "{\"type\":\"TOKEN\","
                + "\"methodArn\":\"arn:aws:execute-api:eu-west-1:000000000000:shop/live/GET/orders/a%2Fb\","
                + "\"authorizationToken\":\"secret\"}");
    }

    [Test]
    public async Task A_REQUEST_authorizer_of_a_REST_API_gets_the_event_without_the_body()
    {
        await using var gateway = await StartAsync(
            "{ path: '/orders/{id}', method: POST, function: echo, stage_variables: { color: red }, "
                + "authorizer: { type: lambda, function: guard, identity_source: 'method.request.header.X-User, "
                + "method.request.querystring.q, stageVariables.color, context.httpMethod' } }", Allow);
        var answer = await gateway.SendAsync(
            "POST /orders/7?q=1&q=2 HTTP/1.1\nHost: h\nX-User: me\nContent-Length: 4\n\nbody");
        await Assert.That(answer.Status).IsEqualTo(200);
        await Assert.That((string?)answer.Event()["body"]).IsEqualTo("body");
        var asked = _events.Single().AsObject();
        await Assert.That(string.Join(' ', asked.Select(p => p.Key))).IsEqualTo(
            "type methodArn resource path httpMethod headers multiValueHeaders queryStringParameters "
                + "multiValueQueryStringParameters requestContext pathParameters stageVariables");
        await Assert.That((string?)asked["type"]).IsEqualTo("REQUEST");
        await Assert.That(asked["pathParameters"]!.ToJsonString()).IsEqualTo("""{"id":"7"}""");
        await Assert.That(asked["stageVariables"]!.ToJsonString()).IsEqualTo("""{"color":"red"}""");
    }

    [Test]
    public async Task An_authorizer_of_an_HTTP_API_gets_either_payload_and_its_context_keeps_its_types()
    {
        const string Simple = """{"isAuthorized":true,"context":{"n":7,"list":[1,{"a":null}]}}""";
        const string Rules = "type: lambda, function: guard, simple_responses: true, "
            + "identity_source: ['$request.header.X-User', '$request.querystring.q']";
        await using var gateway = await StartAsync(
            $"{{ path: /two, function: echo, payload: '2.0', authorizer: {{ {Rules} }} }}\n  - {{ path: /one, "
                + $"function: echo, payload: '2.0', authorizer: {{ {Rules}, payload: '1.0' }} }}", Simple);
        var answer = await gateway.GetAsync("/two?q=a", "X-User: me");
        await Assert.That(answer.Authorizer()).IsEqualTo("""{"lambda":{"n":7,"list":[1,{"a":null}]}}""");
        await gateway.GetAsync("/one?q=a", "X-User: me");
        var (two, one) = (_events[0], _events[1]);
        await Assert.That(string.Join(' ', two.AsObject().Select(p => p.Key))).IsEqualTo(
            "version type routeArn identitySource routeKey rawPath rawQueryString headers queryStringParameters "
                + "requestContext");
        await Assert.That(two["identitySource"]!.ToJsonString() + two["routeArn"])
            .IsEqualTo("""["me","a"]arn:aws:execute-api:eu-west-1:000000000000:esb/$default/GET/two""");
        await Assert.That($"{one["version"]} {one["type"]} {one["identitySource"]} {one["authorizationToken"]} "
            + $"{one["methodArn"]} {one["httpMethod"]}").IsEqualTo(
            "1.0 REQUEST me,a me,a arn:aws:execute-api:eu-west-1:000000000000:esb/$default/GET/one GET");
    }

    [Test]
    [Arguments("/a", "X-User:")]
    [Arguments("/a", "X-Other: me")]
    [Arguments("/token", "Authorization: Bearer no spaces allowed")]
    [Arguments("/token", "Authorization: xBearer abc")]
    public async Task A_request_without_credentials_is_401_and_the_authorizer_is_not_called(
        string path,
        string header)
    {
        await using var gateway = await StartAsync(
            "{ path: /a, function: echo, authorizer: { type: lambda, function: guard, "
                + "identity_source: [method.request.header.X-User] } }\n" +
            "  - { path: /token, function: echo, authorizer: { type: lambda, function: guard, kind: TOKEN, "
                + "validation: 'Bearer [a-z]+' } }", Allow);
        await Assert.That((await gateway.GetAsync(path, header)).Summary())
            .IsEqualTo("""401 {"message":"Unauthorized"}""");
        await Assert.That(_events).IsEmpty();
        await Assert.That((await gateway.GetAsync("/token", "Authorization: Bearer abc")).Status).IsEqualTo(200);
    }

    [Test]
    [Arguments(
        $$$"""{{{User}}}{{{All}}},{"Action":"execute-api:Invoke","Effect":"Deny","Resource":"*/GET/r"}]}}""",
        NotAuthorized + " with an explicit deny\"}")]
    [Arguments(
        $$$"""{{{User}}}{"Action":"execute-api:Invoke","Effect":"Allow","Resource":"*/POST/r"}]}}""",
        NotAuthorized + "\"}")]
    [Arguments(
        """{"principalId":"u","policyDocument":{"Statement":[]}}""",
        """403 {"Message":"User is not authorized to access this resource"}""")]
    [Arguments(
        $$$"""{{{User}}}{"Action":"*","Effect":"Allow","Resource":"*","Condition":{}}]}}""", NotAuthorized + "\"}")]
    [Arguments(
        """{"policyDocument":{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}}""",
        """500 {"message":null}""")]
    [Arguments(
        """{"principalId":"u","policyDocument":{"Statement":[{"Action":"*","Effect":"allow","Resource":"*"}]}}""",
        """500 {"message":null}""")]
    [Arguments($$$$"""{{{{User}}}}{{{{All}}}}]},"context":{"nested":{}}}""", """500 {"message":null}""")]
    [Arguments("""{"principalId":"u"}""", """500 {"message":null}""")]
    [Arguments("""{"isAuthorized":true}""", """500 {"message":null}""")]
    [Arguments($$$$"""{{{{User}}}}{{{{All}}}}]},"isAuthorized":false}""", """500 {"message":null}""")]
    [Arguments($$$$"""{{{{User}}}}{{{{All}}}}]},"isAuthorized":null}""", """500 {"message":null}""")]
    [Arguments(
        """{"principalId":"u","policyDocument":{"Statement":[{"Action":"*","Effect":"Deny","Resource":"*"}]},"""
            + "\"policyDocument\":{\"Statement\":[{\"Action\":\"*\",\"Effect\":\"Allow\",\"Resource\":\"*\"}]}}",
        """500 {"message":null}""")]
    [Arguments("null", """500 {"message":null}""")]
    [Arguments("not json", """500 {"message":null}""")]
    [Arguments("throw Unauthorized", """401 {"message":"Unauthorized"}""")]
    [Arguments("throw anything", """500 {"message":null}""")]
    public async Task A_REST_API_answers_what_its_authorizer_intends_and_never_opens_by_mistake(
        string response,
        string expected)
    {
        await using var gateway = await StartAsync(
            "{ path: /r, function: echo, authorizer: { type: lambda, function: guard, kind: TOKEN, ttl: 0 } }",
            response);
        await Assert.That((await gateway.GetAsync("/r", "Authorization: t")).Summary()).IsEqualTo(expected);
    }

    [Test]
    [Arguments("""{"isAuthorized":false}""", """403 {"message":"Forbidden"}""")]
    [Arguments("""{"isAuthorized":"true"}""", """500 {"message":"Internal Server Error"}""")]
    [Arguments("""{"isAuthorized":false,"isAuthorized":true}""", """500 {"message":"Internal Server Error"}""")]
    [Arguments("""{"isAuthorized":false,"is\u0041uthorized":true}""", """500 {"message":"Internal Server Error"}""")]
    [Arguments("""{"isAuthorized":true,"policyDocument":{"Statement":[]}}""",
        """500 {"message":"Internal Server Error"}""")]
    [Arguments(
        """{"policyDocument":{"Statement":[{"Action":"execute-api:Invoke","Effect":"Deny","Resource":"*"}]}}""",
        """403 {"message":"Forbidden"}""")]
    [Arguments("{}", """500 {"message":"Internal Server Error"}""")]
    [Arguments("throw Unauthorized", """401 {"message":"Unauthorized"}""")]
    [Arguments("throw anything", """500 {"message":"Internal Server Error"}""")]
    public async Task An_HTTP_API_answers_what_its_authorizer_intends_and_never_opens_by_mistake(
        string response,
        string expected)
    {
        await using var gateway = await StartAsync(
            "{ path: /r, function: echo, payload: '2.0', authorizer: { type: lambda, function: guard, "
                + "simple_responses: true } }", response);
        await Assert.That((await gateway.GetAsync("/r")).Summary()).IsEqualTo(expected);
    }

    [Test]
    public async Task An_answer_is_cached_by_identity_for_its_lifetime_and_checked_against_each_request()
    {
        const string OnlyA = """
            {"principalId":"u","policyDocument":{"Statement":
            {"Action":["execute-api:Invoke"],"Effect":"Allow","Resource":["arn:aws:execute-api:*:*:*/GET/a"]}}}
            """;
        const string Rules = "authorizer: { type: lambda, function: guard, kind: TOKEN, ttl: 60 }";
        var routing = $"{{ path: /a, function: echo, {Rules} }}\n  - {{ path: /b, function: echo, {Rules} }}";
        await using var gateway = await StartAsync(routing, OnlyA);
        await Assert.That((await gateway.GetAsync("/a", "Authorization: t")).Status).IsEqualTo(200);
        await Assert.That((await gateway.GetAsync("/b", "Authorization: t")).Status).IsEqualTo(403);
        gateway.Reload("routes:\n  - " + routing + "\n  - { path: /c, function: echo }\n");
        await Assert.That((await gateway.GetAsync("/a", "Authorization: t")).Status).IsEqualTo(200);
        await Assert.That(_events.Count).IsEqualTo(1);
        await gateway.GetAsync("/a", "Authorization: another");
        await Assert.That(_events.Count).IsEqualTo(2);
        _time.Advance(TimeSpan.FromSeconds(60));
        await gateway.GetAsync("/a", "Authorization: t");
        await Assert.That(_events.Count).IsEqualTo(3);
    }

    [Test]
    [Arguments("1.0", "Prod")]
    [Arguments("2.0", "$default")]
    public async Task A_cached_answer_for_one_stage_counts_for_all_its_routes_and_for_no_other_stage(
        string payload,
        string stage)
    {
        var source = payload == "1.0" ? "method.request.header.Authorization" : "$request.header.Authorization";
        var rules = $"function: echo, api: shop, payload: '{payload}', authorizer: {{ type: lambda, function: guard, "
            + $"identity_source: {source}, ttl: 60 }}";
        await using var gateway = await StartAsync(
            $"{{ path: /dev, stage: dev, {rules} }}\n  - {{ path: /unsaid, {rules} }}\n  - {{ path: /said, "
                + $"stage: {stage}, {rules} }}", Allow);
        foreach (var path in (string[])["/unsaid", "/said", "/dev", "/dev", "/unsaid"])
            await gateway.GetAsync(path, "Authorization: t");
        await Assert.That(string.Join(' ', _events.Select(a => $"{a["methodArn"] ?? a["routeArn"]}".Split('/')[1])))
            .IsEqualTo($"{stage} dev");
    }

    // Two templates of one application, each with SAM's implicit API.
    [Test]
    [Arguments("base_path: /v1")]
    [Arguments("stage_variables: { a: b }")]
    [Arguments("binary_media_types: [image/png]")]
    [Arguments("application: other")]
    public async Task A_cached_answer_for_an_API_counts_for_no_other_API_with_the_same_id(string other)
    {
        const string Rules = "function: echo, api: ServerlessRestApi, authorizer: { type: lambda, function: guard, "
            + "kind: TOKEN, ttl: 60 }";
        await using var gateway = await StartAsync(
            $"{{ path: /v1/one, {other}, {Rules} }}\n  - {{ path: /two, {Rules} }}\n  - {{ path: /three, {Rules} }}",
            Allow);
        foreach (var path in (string[])["/v1/one", "/two", "/three", "/v1/one"])
            await Assert.That((await gateway.GetAsync(path, "Authorization: t")).Status).IsEqualTo(200);
        await Assert.That(_events.Count).IsEqualTo(2);
    }

    [Test]
    public async Task A_REST_API_caches_for_five_minutes_by_default_and_an_HTTP_API_does_not()
    {
        await using var gateway = await StartAsync(
            "{ path: /rest, function: echo, authorizer: { type: lambda, function: guard, kind: TOKEN } }\n" +
            "  - { path: /http, function: echo, payload: '2.0', authorizer: { type: lambda, function: guard, "
                + "identity_source: $request.header.Authorization } }", Allow);
        foreach (var path in (string[])["/rest", "/rest", "/http", "/http"])
            await Assert.That((await gateway.GetAsync(path, "Authorization: t")).Status).IsEqualTo(200);
        await Assert.That(_events.Count).IsEqualTo(3);
        _time.Advance(TimeSpan.FromSeconds(299));
        await gateway.GetAsync("/rest", "Authorization: t");
        await Assert.That(_events.Count).IsEqualTo(3);
    }

    [Test]
    [Arguments("{ type: iam }")]
    [Arguments("{ type: unsupported, reason: because }")]
    [Arguments("{ type: of-the-future }")]
    [Arguments("{ supported: false }")]
    public async Task A_route_whose_guard_cannot_be_honoured_is_403_whatever_the_client_sends(string authorizer)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: /rest, function: echo, authorizer: {authorizer} }}, {{ path: /http, function: echo, "
                + $"payload: '2.0', authorizer: {authorizer} }}]", Echo.Function);
        foreach (var path in (string[])["/rest", "/http"])
            await Assert.That((await gateway.GetAsync(path, "Authorization: Bearer x", "x-api-key: y")).Summary())
                .IsEqualTo("""403 {"message":"Forbidden"}""");
    }

    [Test]
    [Arguments("requestId")]
    [Arguments("extendedRequestId")]
    [Arguments("protocol")]
    [Arguments("requestTime")]
    [Arguments("requestTimeEpoch")]
    [Arguments("domainPrefix")]
    public async Task Values_of_the_request_context_can_be_identity_sources(string variable)
    {
        var authorizer =
            $"authorizer: {{ type: lambda, function: guard, payload: '1.0', identity_source: [$context.{variable}] }}";
        await using var gateway = await StartAsync(
            $"{{ path: /rest, function: echo, {authorizer} }}\n  - {{ path: /http, function: echo, payload: '2.0', "
                + $"{authorizer} }}", Allow);
        foreach (var path in (string[])["/rest", "/http", "/http"])
            await Assert.That((await gateway.GetAsync(path)).Status).IsEqualTo(200);
        // Each request has its own id, so nothing is cached.
        await Assert.That(_events.Count >= (variable is "requestId" or "extendedRequestId" ? 3 : 2)).IsTrue();
    }

    [Test]
    public async Task A_cached_answer_is_not_used_for_the_function_of_an_application_that_takes_over()
    {
        const string Deny = """{"principalId":"u","policyDocument":{"Statement":[]}}""";
        const string Routing = "routes: [{ path: /r, function: echo, authorizer: { type: lambda, function: guard, "
            + "kind: TOKEN, ttl: 3600 } }]\n";
        var response = Deny;
        await using var gateway = await ServedConfiguration.StartAsync(
            _time, Routing, Echo.Function, ("guard", _ => response));
        async Task<int> RequestAsync(string owner, string answer)
        {
            (gateway.Owners["guard"], response) = (owner, answer);
            gateway.Reload(Routing);
            return (await gateway.GetAsync("/r", "Authorization: t")).Status;
        }

        await Assert.That(await RequestAsync("mine", Allow)).IsEqualTo(200);
        await Assert.That(await RequestAsync("other", Deny)).IsEqualTo(403);
        await Assert.That(await RequestAsync("mine", Allow)).IsEqualTo(200);
        // A new version of the same application's function is the same function: its answers stay cached, as on AWS.
        await Assert.That(await RequestAsync("mine", Deny)).IsEqualTo(200);
    }

    [Test]
    public async Task A_route_whose_authorizer_function_is_missing_is_closed_until_it_exists()
    {
        static string Routing(string guard) => $"routes: [{{ path: /r, function: echo, authorizer: {{ type: lambda, "
            + $"kind: TOKEN, function: {guard} }} }}, {{ path: '/{{proxy+}}', function: echo }}]";
        await using var gateway = await ServedConfiguration.StartAsync(
            Routing("missing"), Echo.Function, ("guard", _ => Allow));
        // Closed when it is loaded: a request without a token gets the same answer.
        foreach (var header in (string[])["Authorization: t", "X-None: t"])
            await Assert.That((await gateway.GetAsync("/r", header)).Summary())
                .IsEqualTo("""403 {"message":"Forbidden"}""");
        gateway.Reload(Routing("guard"));
        await Assert.That((await gateway.GetAsync("/r", "Authorization: t")).Status).IsEqualTo(200);
        gateway.Reload(Routing("missing"));
        await Assert.That((await gateway.GetAsync("/r", "Authorization: t")).Status).IsEqualTo(403);
    }

    [Test]
    public async Task A_route_may_require_a_key_besides_its_authorizer_and_both_must_be_valid()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /r, function: echo, api_key_required: true, authorizer: { type: lambda, function: guard, "
                + "kind: TOKEN, ttl: 0 } }]\napi_keys: [{ name: k, value: secret }]",
            Echo.Function,
            ("guard", _ => Allow));
        await Assert.That((await gateway.GetAsync("/r", "Authorization: t")).Status).IsEqualTo(403);
        await Assert.That((await gateway.GetAsync("/r", "x-api-key: secret")).Status).IsEqualTo(401);
        var both = await gateway.GetAsync("/r", "Authorization: t", "x-api-key: secret");
        await Assert.That((string?)both.Event()["requestContext"]!["identity"]!["apiKeyId"]).IsEqualTo("k");
    }

    [Test]
    [Arguments("1.0")]
    [Arguments("2.0")]
    public async Task Each_name_of_the_request_context_has_a_value_in_either_kind_of_API(string payload)
    {
        List<string> names = [.. IdentitySource.ContextNames.Order(StringComparer.Ordinal)];
        await using var gateway = await StartAsync(
            string.Join(
                "\n  - ",
                names.Select((name, i) => $"{{ path: /r{i}, function: echo, payload: '{payload}', authorizer: {{ type: "
                    + $"lambda, function: guard, payload: '2.0', identity_source: [$context.{name}] }} }}")), Allow);
        for (var i = 0; i < names.Count; i++)
            await Assert.That((await gateway.GetAsync($"/r{i}", "User-Agent: me")).Status).IsEqualTo(200)
                .Because(names[i]);
    }

    [Test]
    public async Task The_id_and_time_of_a_request_are_those_of_its_event_and_the_id_prevents_caching()
    {
        await using var gateway = await StartAsync(
            "{ path: /r, function: echo, payload: '2.0', authorizer: { type: lambda, function: guard, ttl: 300, "
                + "identity_source: [$context.requestId, $context.extendedRequestId, $context.requestTime, "
                + "$context.requestTimeEpoch, $context.protocol, $context.domainPrefix] } }", Allow);
        for (var i = 0; i < 2; i++)
            await Assert.That((await gateway.GetAsync("/r")).Status).IsEqualTo(200);
        await Assert.That(_events.Count).IsEqualTo(2);
        var context = _events[1]["requestContext"]!;
        await Assert.That(_events[1]["identitySource"]!.AsArray().Select(v => (string?)v)).IsEquivalentTo(
            [
                (string?)context["requestId"], (string?)context["requestId"], (string?)context["time"],
                context["timeEpoch"]!.ToJsonString(), (string?)context["http"]!["protocol"],
                (string?)context["domainPrefix"],
            ]);
    }

    private Task<ServedConfiguration> StartAsync(string routes, string response) => ServedConfiguration.StartAsync(
        _time,
        $"routes:\n  - {routes}\n",
        Echo.Function,
        ("guard", payload =>
        {
            _events.Add(JsonNode.Parse(Encoding.UTF8.GetString(payload))!);
            return response.StartsWith("throw ", StringComparison.Ordinal)
                ? throw new InvalidOperationException(response[6..])
                : response;
        }
    ));
}

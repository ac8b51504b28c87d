using System.Text;
using System.Text.Json.Nodes;
using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Requests;

/// <summary>A path has one canonical form for the match, the guard and the function.</summary>
internal sealed class SpellingTests
{
    private const string Guard = "authorizer: { type: lambda, function: guard, kind: TOKEN, ttl: 60 }";
    private const string HttpGuard =
        "authorizer: { type: lambda, function: guard, identity_source: $request.header.Authorization, ttl: 60 }";

    private readonly List<JsonNode> _events = [];

    [Test]
    [Arguments("1.0", "*/GET/admin", "/admin")]
    [Arguments("1.0", "*/GET/admin", "/admin/")]
    [Arguments("1.0", "*/GET/admin", "/%61dmin")]
    [Arguments("1.0", "*/GET/admin", "/adm%69n/")]
    [Arguments("1.0", "*/GET/u/42", "/u/42/")]
    [Arguments("1.0", "*/GET/u/42", "/u/%34%32")]
    [Arguments("1.0", "*/GET/u/a@b", "/u/a%40b")]
    [Arguments("1.0", "*/GET/u/a%40b", "/u/a@b")]
    [Arguments("1.0", "*/GET/u/café", "/u/caf%C3%A9")]
    [Arguments("1.0", "*/GET/u/caf%c3%a9", "/u/caf%C3%A9")]
    [Arguments("1.0", "*/GET/u/a/b", "/u/a%2Fb")]
    [Arguments("1.0", "*/GET/rest/admin", "/rest/admin/")]
    [Arguments("1.0", "*/GET/rest/admin", "/rest/%61dmin")]
    [Arguments("1.0", "*/GET/rest/admin", "/rest//admin")]
    [Arguments("2.0", "*/GET/rest/admin", "/rest//admin//")]
    [Arguments("2.0", "*/GET/rest/a/b", "/rest/a%2F/b")]
    [Arguments("2.0", "*/GET/admin", "/admin/")]
    [Arguments("2.0", "*/GET/u/42", "/u/%34%32")]
    [Arguments("2.0", "*/GET/u/42", "/u/42/")]
    [Arguments("2.0", "*/GET/u/a b", "/u/a%20b")]
    [Arguments("2.0", "*/GET/u/a%20b", "/u/a%20b")]
    [Arguments("2.0", "*/GET/u/a%2Fb", "/u/a%2fb")]
    [Arguments("2.0", "*/GET/rest/admin", "/rest/admin/")]
    public async Task A_denial_of_a_path_applies_to_every_spelling_of_the_request(
        string payload,
        string denied,
        string sent)
    {
        await using var gateway = await StartAsync(payload, denied);
        await Assert.That((await gateway.GetAsync(sent, "Authorization: t")).Status).IsEqualTo(403);
        await Assert.That((await gateway.GetAsync("/u/43", "Authorization: t")).Status).IsEqualTo(200);
    }

    [Test]
    [Arguments("1.0", "/u/%34%32", "/u/42", "42")]
    [Arguments("1.0", "/u/42/", "/u/42", "42")]
    [Arguments("1.0", "/u/a%2fb%20", "/u/a%2Fb%20", "a%2Fb%20")]
    [Arguments("1.0", "/u/a%40b?q=%34", "/u/a@b", "a@b")]
    [Arguments("2.0", "/u/%34%32", "/u/42", "42")]
    [Arguments("2.0", "/u/42/", "/u/42", "42")]
    [Arguments("2.0", "/u/a%2fb%20", "/u/a/b ", "a/b ")]
    public async Task Authorizer_and_function_get_the_path_in_one_spelling(
        string payload,
        string sent,
        string path,
        string id)
    {
        await using var gateway = await StartAsync(payload, "arn:aws:s3:::none");
        var seen = (await gateway.GetAsync(sent, "Authorization: t")).Event();
        var own = payload == "1.0" ? seen["path"] : seen["rawPath"];
        var arn = (string?)(_events.Single()["methodArn"] ?? _events.Single()["routeArn"]);
        await Assert.That($"{own} {seen["pathParameters"]!["id"]}").IsEqualTo($"{path} {id}");
        await Assert.That(arn!.EndsWith($"/GET{path}", StringComparison.Ordinal)).IsTrue().Because(arn);
    }

    [Test]
    [Arguments("1.0")]
    [Arguments("2.0")]
    public async Task The_ARN_has_the_path_without_its_base_path_and_a_denial_may_use_either(string payload)
    {
        foreach (var (denied, status) in ((string, int)[])[
            ("arn:aws:s3:::none", 200), ("*/live/GET/orders/7", 403), ("*/live/GET/v1/orders/7", 403),
        ])
        {
            var guard = payload == "1.0" ? Guard : HttpGuard;
            await using var gateway = await ServedConfiguration.StartAsync(
                $$"""
                routes:
                  - { path: '/v1/orders/{id}', base_path: v1, stage: live, function: echo, payload: '{{payload}}', {{guard}} }
                """,
                Echo.Function,
                ("guard", Ask(denied)));
            await Assert.That((await gateway.GetAsync("/v1/orders/7", "Authorization: t")).Status).IsEqualTo(status);
        }

        await Assert.That($"{_events[0]["methodArn"] ?? _events[0]["routeArn"]}").EndsWith("esb/live/GET/orders/7");
    }

    [Test]
    [Arguments("/%61dmin", 401)]
    [Arguments("/admin/", 401)]
    [Arguments("/admin%2Fusers", 403)]
    [Arguments("//admin", 403)]
    [Arguments("/admin//users", 401)]
    [Arguments("/open%2Fusers", 200)]
    [Arguments("//open", 200)]
    [Arguments("/x/../admin", 400)]
    [Arguments("/x/%2e%2e/admin", 400)]
    [Arguments("/x%2F..%2Fadmin", 400)]
    [Arguments("/%68ealth", 400)]
    [Arguments("/%32015-03-31/functions/echo/invocations", 400)]
    [Arguments("/x/../2015-03-31/functions/echo/invocations", 400)]
    public async Task A_guarded_path_is_not_reached_through_an_open_route_by_another_spelling(string sent, int status)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            $$"""
            routes:
              - { path: /admin, function: echo, payload: '2.0', {{HttpGuard}} }
              - { path: '/admin/{proxy+}', function: echo, payload: '2.0', {{HttpGuard}} }
              - { path: '/{proxy+}', function: echo, payload: '2.0' }
            """,
            Echo.Function,
            ("guard", _ => throw new InvalidOperationException("Unauthorized")));
        await Assert.That((await gateway.GetAsync(sent)).Status).IsEqualTo(status);
    }

    [Test]
    [Arguments("mock: { status: 403 }", 403)]
    [Arguments("mock: {}", 200)]
    [Arguments("mock: {}, api_key_required: true", 403)]
    [Arguments("function: gone", 403)]
    [Arguments("function: other, authorizer: { type: unsupported, reason: r }", 403)]
    [Arguments("authorizer: { type: unsupported, reason: r }", 403)]
    [Arguments("http_proxy: { uri: 'http://127.0.0.1:1' }, api_key_required: true", 403)]
    public async Task Requests_of_a_route_without_a_function_reach_no_broader_one_by_another_spelling(
        string answer,
        int plain)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            $$"""
            routes:
              - { path: /m/kept, {{answer}} }
              - { path: '/m/kept/{proxy+}', {{answer}} }
              - { path: '/m/{proxy+}', function: echo }
            """,
            Echo.Function,
            ("other", _ => "{}"));
        await Assert.That((await gateway.GetAsync("/m/kept")).Status).IsEqualTo(plain);
        foreach (var sent in (string[])[
            "/m//kept", "/m/%2Fkept", "/m/%2fkept/x", "/m//kept/x", "/m/kept%2Fx", "/m/kept%2F",
        ])
            await Assert.That((await gateway.GetAsync(sent)).Status).IsEqualTo(403).Because(sent);
        await Assert.That((await gateway.GetAsync("/m//open%2Fx")).Status).IsEqualTo(200);
    }

    [Test]
    public async Task Mocks_before_a_mock_and_routes_of_another_function_take_no_requests_in_other_spellings()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            """
            routes:
              - { path: /a/narrow, mock: {} }
              - { path: '/a/{proxy+}', mock: { status: 201 } }
              - { path: /b/narrow, function: other, api_key_required: true }
              - { path: '/b/{proxy+}', function: echo }
            """,
            Echo.Function,
            ("other", _ => "{}"));
        await Assert.That((await gateway.GetAsync("/a//narrow")).Status).IsEqualTo(201);
        await Assert.That((await gateway.GetAsync("/b//narrow")).Status).IsEqualTo(200);
    }

    [Test]
    public async Task A_method_has_only_one_spelling_too()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /a, method: ANY, function: echo }]", Echo.Function);
        await Assert.That((await gateway.SendAsync("get /a HTTP/1.1\nHost: h\n\n")).Status).IsEqualTo(400);
        await Assert.That((await gateway.SendAsync("PATCH /a HTTP/1.1\nHost: h\n\n")).Status).IsEqualTo(200);
        await Assert.That((await gateway.SendAsync("PURGE /a HTTP/1.1\nHost: h\n\n")).Status).IsEqualTo(403);
    }

    [Test]
    public async Task A_pattern_matches_in_whatever_spelling_it_is_written()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: '/café/a%40b', function: echo }]", Echo.Function);
        await Assert.That((await gateway.GetAsync("/caf%c3%a9/a@b")).Status).IsEqualTo(200);
    }

    [Test]
    // Two sources each; the values of each pair are equal when they are joined.
    [Arguments("/r?a=x&b=y%00z", "/r?a=x%00y&b=z")]
    [Arguments("/r?a=x,y&b=z", "/r?a=x&a=y&b=z")]
    [Arguments("/r?a=x&b=y,z", "/r?a=x&b=y&b=z")]
    public async Task Two_identities_never_share_a_cached_answer(string first, string second)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /r, function: echo, authorizer: { type: lambda, function: guard, "
                + "identity_source: 'method.request.querystring.a, method.request.querystring.b' } }]",
            Echo.Function,
            ("guard", Ask("arn:aws:s3:::none")));
        await gateway.GetAsync(first);
        await gateway.GetAsync(second);
        await gateway.GetAsync(first);
        await Assert.That(_events.Count).IsEqualTo(2);
    }

    private Task<ServedConfiguration> StartAsync(string payload, string denied)
    {
        var guard = payload == "1.0" ? Guard : HttpGuard;
        return ServedConfiguration.StartAsync(
            $$"""
            routes:
              - { path: /admin, function: echo, payload: '{{payload}}', {{guard}} }
              - { path: '/u/{id}', function: echo, payload: '{{payload}}', {{guard}} }
              - { path: '/rest/{proxy+}', function: echo, payload: '{{payload}}', {{guard}} }
            """,
            Echo.Function,
            ("guard", Ask(denied)));
    }

    private Func<byte[], string> Ask(string denied) => payload =>
    {
        _events.Add(JsonNode.Parse(Encoding.UTF8.GetString(payload))!);
        return $$$"""
            {"principalId":"u","policyDocument":{"Statement":[
            {"Action":"*","Effect":"Allow","Resource":"*"},{"Action":"*","Effect":"Deny","Resource":"{{{denied}}}"}]}}
            """;
    };
}

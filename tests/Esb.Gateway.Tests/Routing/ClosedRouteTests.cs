using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Routing;

/// <summary>A route whose target or guard cannot be used is closed: no broader route takes its requests.</summary>
internal sealed class ClosedRouteTests
{
    private const string Broad = "routes:\n  - { path: '/{proxy+}', method: ANY, function: echo }\n";

    [Test]
    [Arguments("{ path: /admin, authorizer: { type: unsupported, reason: r } }")]
    [Arguments("{ path: /admin, function: gone }")]
    [Arguments("{ path: /admin, function: echo, authoriser: { type: jwt } }")]
    [Arguments("{ path: /admin, function: echo, api_key_requird: true }")]
    [Arguments("{ path: /admin, mock: { status: 200 }, authorizer: { type: iam } }")]
    public async Task Requests_of_a_closed_route_are_403_and_reach_no_broader_route(string route)
    {
        await using var gateway = await ServedConfiguration.StartAsync($"{Broad}  - {route}\n", Echo.Function);
        await Assert.That((await gateway.GetAsync("/admin")).Summary()).IsEqualTo("""403 {"message":"Forbidden"}""");
        await Assert.That((await gateway.GetAsync("/other")).Status).IsEqualTo(200);
    }

    [Test]
    public async Task A_route_opens_when_its_function_is_added_and_closes_when_it_is_removed()
    {
        await using var gateway = await ServedConfiguration.StartAsync(Broad, Echo.Function);
        gateway.Reload(Broad + "  - { path: /admin, function: gone }\n");
        await Assert.That((await gateway.GetAsync("/admin")).Status).IsEqualTo(403);
        gateway.Reload(Broad + "  - { path: /admin, function: echo }\n");
        await Assert.That((await gateway.GetAsync("/admin")).Status).IsEqualTo(200);
    }

    [Test]
    public async Task A_route_is_closed_while_another_application_has_its_function_or_its_authorizer()
    {
        const string Routing = Broad + """
              - { path: /own, function: echo, application: a }
              - { path: /meant, function: echo, application: c, function_application: b }
              - { path: /whosever, function: echo, application: c, function_application: '*' }
              - { path: /nobodys, function: echo }
              - { path: /nobodys-for-b, function: echo, function_application: b }
              - { path: /_url/echo, method: ANY, function: echo, payload: '2.0', function_url: true, application: a }
              - { path: /guarded, mock: {}, application: a, authorizer: { type: lambda, function: guard, kind: TOKEN } }
              - { path: /guarded-by-b, mock: {}, application: c, authorizer: { type: lambda, function: guard, kind: TOKEN, function_application: b } }

            """;
        const string Allow =
            """{"principalId":"u","policyDocument":{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}}""";
        await using var gateway = await ServedConfiguration.StartAsync(Routing, Echo.Function, ("guard", _ => Allow));
        async Task<string> OpenAsync(string? owner)
        {
            gateway.Owners.Clear();
            if (owner is not null)
                (gateway.Owners["echo"], gateway.Owners["guard"]) = (owner, owner);
            gateway.Reload(Routing);
            List<string> open = [];
            foreach (var path in (string[])[
                "/own", "/meant", "/whosever", "/nobodys", "/nobodys-for-b", "/_url/echo", "/guarded", "/guarded-by-b",
            ])
            {
                var answer = await gateway.GetAsync(path, "Authorization: t");
                await Assert.That(answer.Status is 200 or 403).IsTrue();
                if (answer.Status == 200)
                    open.Add(path);
            }

            return string.Join(' ', open);
        }

        const string All = "/own /meant /whosever /nobodys /nobodys-for-b /_url/echo /guarded /guarded-by-b";
        await Assert.That(await OpenAsync("a")).IsEqualTo("/own /whosever /nobodys /_url/echo /guarded");
        await Assert.That(await OpenAsync("b")).IsEqualTo("/meant /whosever /nobodys /nobodys-for-b /guarded-by-b");
        await Assert.That(await OpenAsync("c")).IsEqualTo("/meant /whosever /nobodys /guarded-by-b");
        await Assert.That(await OpenAsync(null)).IsEqualTo(All);
        await Assert.That(await OpenAsync("a")).IsEqualTo("/own /whosever /nobodys /_url/echo /guarded");
    }

    [Test]
    public async Task A_mock_answers_whatever_broader_route_there_is()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            Broad + "  - { path: /m, method: ANY, mock: { status: 403, headers: { Content-Type: text/plain, X-A: b, "
                + "Content-Length: 7 }, body: 'no, ä' } }\n  - { path: /h, mock: {}, payload: '2.0' }\n",
            Echo.Function);
        var answer = await gateway.SendAsync("POST /m HTTP/1.1\nHost: h\nContent-Length: 2\n\nhi");
        await Assert.That(answer.Summary()).IsEqualTo("403 no, ä");
        await Assert.That((answer.Lines("Content-Type"), answer.Lines("X-A"), answer.Lines("Content-Length")))
            .IsEqualTo(("Content-Type: text/plain", "X-A: b", "Content-Length: 6"));
        await Assert.That(answer.Lines("x-amzn-RequestId")).IsNotEmpty();
        await Assert.That((await gateway.GetAsync("/h")).Summary()).IsEqualTo("200 ");
    }

    [Test]
    public async Task A_mock_for_OPTIONS_answers_preflights_as_it_is_written()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            Broad + "  - { path: /m, method: OPTIONS, mock: { status: 200, "
                + "headers: { Access-Control-Allow-Origin: 'https://a' } } }\n", Echo.Function);
        var answer = await gateway.SendAsync(
            "OPTIONS /m HTTP/1.1\nHost: h\nOrigin: https://b\nAccess-Control-Request-Method: GET\n\n");
        await Assert.That((answer.Status, answer.Lines("Access-Control-Allow-Origin")))
            .IsEqualTo((200, "Access-Control-Allow-Origin: https://a"));
    }

    [Test]
    public async Task A_mock_is_guarded_like_every_route()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /m, mock: { body: yes }, authorizer: { type: api_key } }]\napi_keys: [{ name: k, "
                + "value: s }]\n", Echo.Function);
        await Assert.That((await gateway.GetAsync("/m")).Status).IsEqualTo(403);
        await Assert.That((await gateway.GetAsync("/m", "x-api-key: s")).Summary()).IsEqualTo("200 yes");
    }
}

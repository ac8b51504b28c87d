using System.Text.Json.Nodes;
using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Events;

internal sealed class ApiSettingsTests
{
    private const string Settings =
        "function: echo, api: shop, stage: live, stage_variables: { color: red, size: 7 }, base_path: v1";

    [Test]
    public async Task A_REST_event_names_API_stage_and_variables_and_its_resource_without_the_base_path()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: '/v1/orders/{{id}}', {Settings} }}, {{ path: /v1, {Settings} }}]", Echo.Function);
        var json = (await gateway.GetAsync("/v1/orders/7")).Event();
        var context = json["requestContext"]!;
        await Assert.That($"{context["apiId"]} {context["stage"]} {json["resource"]} {context["resourcePath"]} "
            + $"{json["path"]} {context["path"]}").IsEqualTo(
            "shop live /orders/{id} /orders/{id} /v1/orders/7 /v1/orders/7");
        await Assert.That(json["stageVariables"]!.ToJsonString()).IsEqualTo("""{"color":"red","size":"7"}""");
        await Assert.That((string?)(await gateway.GetAsync("/v1")).Event()["resource"]).IsEqualTo("/");
    }

    [Test]
    [Arguments("xn--wgv71a119e.jp:8080", "xn--wgv71a119e.jp", "xn--wgv71a119e")]
    [Arguments("XN--WGV71A119E.JP", "XN--WGV71A119E.JP", "XN--WGV71A119E")]
    [Arguments("xn--a-.example", "xn--a-.example", "xn--a-")]
    [Arguments("[::1]:80", "[::1]", "[::1]")]
    public async Task The_domain_is_the_requested_host_name_exactly_as_sent(string host, string domain, string prefix)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /a, function: echo }, { path: /b, payload: '2.0', function: echo }]", Echo.Function);
        foreach (var path in (string[])["/a", "/b"])
        {
            var context = (await gateway.SendAsync($"GET {path} HTTP/1.1\nHost: {host}\n\n"))
                .Event()["requestContext"]!;
            await Assert.That($"{context["domainName"]} {context["domainPrefix"]}").IsEqualTo($"{domain} {prefix}");
        }
    }

    [Test]
    // Powertools, serverless-express, Mangum and the web adapter take their path from this; Powertools removes the
    // stage without a check.
    [Arguments("stage: live", "/orders/{id}", "/orders/7", "/live/orders/7", "live")]
    [Arguments("stage: live", "/orders/{id}", "/orders/a%20b/", "/live/orders/a b", "live")]
    [Arguments("stage: live", "/", "/", "/live/", "live")]
    [Arguments("stage: live", "$default", "/any/", "/live/any/", "live")]
    [Arguments("stage: live, base_path: v1", "/v1/orders/{id}", "/v1/orders/7", "/live/orders/7", "live")]
    [Arguments("stage: live, base_path: v1", "/v1", "/v1", "/live/", "live")]
    [Arguments("stage: live, base_path: v1", "/v1", "/v1/", "/live/", "live")]
    [Arguments("stage: live, base_path: v1", "/v1/{proxy+}", "/v1/a/b/", "/live/a/b/", "live")]
    [Arguments("stage: $default, base_path: v1", "/v1/orders/{id}", "/v1/orders/7", "/orders/7", "$default")]
    [Arguments("base_path: v1", "/v1", "/v1", "/", "$default")]
    [Arguments("base_path: v1", "/v1/$default", "/v1/a/b/", "/a/b/", "$default")]
    [Arguments("base_path: v1", "/v1/$default", "/v1", "/", "$default")]
    [Arguments("stage: live, base_path: v1", "/v1/$default", "/v1/", "/live/", "live")]
    [Arguments("stage: $default", "/v1/orders/{id}", "/v1/orders/7", "/v1/orders/7", "$default")]
    public async Task The_path_of_an_HTTP_event_has_the_stage_that_has_a_name_and_no_base_path(
        string settings,
        string pattern,
        string sent,
        string path,
        string stage)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: '{pattern}', payload: '2.0', function: echo, {settings} }}]", Echo.Function);
        var json = (await gateway.GetAsync(sent)).Event();
        var context = json["requestContext"]!;
        await Assert.That($"{json["rawPath"]} {context["http"]!["path"]} {context["stage"]}")
            .IsEqualTo($"{path} {path} {stage}");
    }

    [Test]
    public async Task An_HTTP_event_names_API_stage_and_variables_and_its_route_without_the_base_path()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: '/v1/orders/{{id}}', payload: '2.0', {Settings} }}]", Echo.Function);
        var json = (await gateway.GetAsync("/v1/orders/7")).Event();
        var context = json["requestContext"]!;
        await Assert.That($"{context["apiId"]} {context["stage"]} {json["routeKey"]} {context["routeKey"]} "
            + $"{json["rawPath"]} {context["http"]!["path"]}").IsEqualTo(
            "shop live GET /orders/{id} GET /orders/{id} /live/orders/7 /live/orders/7");
        await Assert.That(json["stageVariables"]!.ToJsonString()).IsEqualTo("""{"color":"red","size":"7"}""");
    }

    [Test]
    public async Task A_default_route_beneath_a_base_path_has_no_parameter_and_the_name_that_AWS_gives_it()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /v1/$default, payload: '2.0', method: ANY, function: echo, base_path: v1 }]",
            Echo.Function);
        var answer = await gateway.SendAsync("PATCH /v1/any/where HTTP/1.1\nHost: h\n\n");
        var json = answer.Event();
        await Assert.That(
            $"{json["routeKey"]} {json["requestContext"]!["routeKey"]} {json["rawPath"]} {json["pathParameters"]}")
            .IsEqualTo("$default $default /any/where ");
        await Assert.That((await gateway.GetAsync("/v2")).Status).IsEqualTo(404);
    }

    [Test]
    [Arguments("[image/png]", "image/png", true)]
    [Arguments("[image/png]", "IMAGE/PNG; q=1", true)]
    [Arguments("[image~1png]", "image/png", true)]
    [Arguments("[image/png]", "image/gif", false)]
    [Arguments("['image/*']", "image/gif", true)]
    [Arguments("['*/*']", "text/plain", true)]
    [Arguments("[]", "application/octet-stream", false)]
    public async Task A_REST_API_with_binary_types_passes_only_these_types_as_base64(
        string types,
        string type,
        bool base64)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: /b, method: POST, function: echo, binary_media_types: {types} }}]", Echo.Function);
        var json = (await gateway.SendAsync(
            $"POST /b HTTP/1.1\nHost: h\nContent-Type: {type}\nContent-Length: 2\n\nhi")).Event();
        await Assert.That(((bool)json["isBase64Encoded"]!, (string?)json["body"]))
            .IsEqualTo((base64, base64 ? "aGk=" : "hi"));
    }

    [Test]
    [Arguments("[image/png]", "image/png", "hi")]
    [Arguments("[image/png]", "image/png;q=0.5, text/html", "hi")]
    [Arguments("[image/png]", "text/html, image/png", "aGk=")]
    [Arguments("[image/png]", "*/*", "aGk=")]
    [Arguments("['*/*']", "text/html", "hi")]
    [Arguments("[]", "image/png", "aGk=")]
    [Arguments("null", "text/html", "hi")]
    public async Task A_REST_API_with_binary_types_decodes_an_answer_when_the_first_accepted_type_is_one(
        string types,
        string accept,
        string body)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: /b, function: f, binary_media_types: {types} }}]",
            ("f", _ => """{"statusCode":200,"isBase64Encoded":true,"body":"aGk="}"""));
        await Assert.That((await gateway.GetAsync("/b", $"Accept: {accept}")).Text).IsEqualTo(body);
    }

    [Test]
    public async Task A_function_URL_sees_its_own_root_an_anonymous_account_and_no_parameters()
    {
        await using var gateway = await ServedConfiguration.StartAsync(UrlRoutes("echo"), Echo.Function);
        foreach (var (target, path, query) in ((string, string, string)[])
            [
                ("/_url/echo", "/", ""), ("/_url/echo/", "/", ""), ("/_url/echo?a=1", "/", "a=1"),
                ("/_url/echo/a%20b/c/", "/a b/c/", ""),
            ])
        {
            var json = (await gateway.GetAsync(target)).Event();
            var context = json["requestContext"]!;
            await Assert.That($"{json["rawPath"]} {json["rawQueryString"]} {context["http"]!["path"]}")
                .IsEqualTo($"{path} {query} {path}");
            await Assert.That($"{json["version"]} {json["routeKey"]} {context["routeKey"]} {context["stage"]} "
                + $"{context["accountId"]} {context["apiId"]}")
                .IsEqualTo("2.0 $default $default $default anonymous echo");
            await Assert.That(json.AsObject().ContainsKey("pathParameters")).IsFalse();
            await Assert.That(Guid.TryParse((string?)context["requestId"], out _)).IsTrue();
        }
    }

    [Test]
    public async Task A_function_URL_answers_with_Lambda_s_messages_when_its_function_fails()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            UrlRoutes("bad") + UrlRoutes("text")[7..] + UrlRoutes("full")[7..] + "\n  - { path: /_url/closed, "
                + "function: full, payload: '2.0', function_url: true, authorizer: { type: iam } }",
            ("bad", _ => throw new InvalidOperationException("broken")),
            ("text", _ => "\"hello\""),
            ("full", _ => """{"statusCode":201,"cookies":["a=1"],"body":"made"}"""));
        var bad = await gateway.GetAsync("/_url/bad");
        await Assert.That((bad.Summary(), bad.Lines("Content-Type")))
            .IsEqualTo(("502 Internal Server Error", "Content-Type: text/plain"));
        await Assert.That((await gateway.GetAsync("/_url/closed")).Summary())
            .IsEqualTo("""403 {"Message":"Forbidden"}""");
        var text = await gateway.GetAsync("/_url/text");
        await Assert.That((text.Summary(), text.Lines("Content-Type")))
            .IsEqualTo(("200 hello", "Content-Type: application/json"));
        var full = await gateway.GetAsync("/_url/full");
        await Assert.That((full.Summary(), full.Lines("Set-Cookie"), full.Lines("Content-Type")))
            .IsEqualTo(("201 made", "Set-Cookie: a=1", "Content-Type: application/json"));
        await Assert.That(full.Lines("x-amzn-RequestId") + full.Lines("X-Amzn-Trace-Id"))
            .Matches("^x-amzn-RequestId: [0-9a-f-]{36}X-Amzn-Trace-Id: Root=1-.*$");
        await Assert.That(full.Lines("Apigw-Requestid")).IsEqualTo("");
    }

    [Test]
    public async Task A_path_with_only_other_methods_is_answered_with_the_message_of_their_API()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /rest, function: echo }, { path: /http, function: echo, payload: '2.0' }]",
            Echo.Function);
        await Assert.That((await gateway.SendAsync("PUT /rest HTTP/1.1\nHost: h\nContent-Length: 0\n\n")).Summary())
            .IsEqualTo("""403 {"message":"Missing Authentication Token"}""");
        await Assert.That((await gateway.SendAsync("PUT /http HTTP/1.1\nHost: h\nContent-Length: 0\n\n")).Summary())
            .IsEqualTo("""404 {"message":"Not Found"}""");
    }

    [Test]
    public async Task An_event_that_is_larger_than_Lambda_accepts_is_413_although_its_body_is_not()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /b, method: POST, function: f }]", ("f", _ => """{"statusCode":200}"""));
        string Post(string type, int size) =>
            $"POST /b HTTP/1.1\nHost: h\nContent-Type: {type}\nContent-Length: {size}\n\n{new string('a', size)}";
        await Assert.That((await gateway.SendAsync(Post("text/plain", 5_000_000))).Status).IsEqualTo(200);
        await Assert.That((await gateway.SendAsync(Post("image/png", 5_000_000))).Summary())
            .IsEqualTo("""413 {"message":"Request Too Long"}""");
    }

    private static string UrlRoutes(string name) =>
        $"routes:\n  - {{ path: /_url/{name}, method: ANY, function: {name}, payload: '2.0', function_url: "
            + $"true }}\n  - {{ path: '/_url/{name}/{{proxy+}}', method: ANY, function: {name}, payload: '2.0', "
            + $"function_url: true }}";
}

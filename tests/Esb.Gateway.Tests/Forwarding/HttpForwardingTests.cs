using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Listening;
using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Forwarding;

/// <summary>Routes to servers (HTTP proxy integrations), byte by byte.</summary>
internal sealed class HttpForwardingTests
{
    [Test]
    [Arguments("/v1/{proxy}", "/p/a/b?x=1&y", "/v1/a/b?x=1&y")]
    [Arguments("/v1/{proxy}", "/p/a%2Fb/%C3%A4//c/", "/v1/a%2Fb/%C3%A4//c/")]
    [Arguments("/{proxy}/end?k=v", "/p/a?x=%20", "/a/end?k=v&x=%20")]
    [Arguments("/fixed", "/p/a/b", "/fixed")]
    [Arguments("", "/p/a", "/")]
    [Arguments("/v1/{proxy}", "/p/..a/b...;c=..", "/v1/..a/b...;c=..")]
    public async Task The_address_has_the_path_and_query_as_the_client_sent_them(
        string uri,
        string target,
        string expected)
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, uri);
        await Assert.That((await gateway.GetAsync(target)).Summary()).IsEqualTo("200 ok");
        await Assert.That(backend.Last.Split("\r\n")[0]).IsEqualTo($"GET {expected} HTTP/1.1");
    }

    [Test]
    [Arguments("/p/../secret")]
    [Arguments("/p/a/../../secret")]
    [Arguments("/p/%2e%2e/secret")]
    [Arguments("/p/%2E./secret")]
    [Arguments("/p/%252e%252e/secret")]
    [Arguments("/p/a%2F..%2F..%2Fsecret")]
    [Arguments("/p/..%5csecret")]
    [Arguments("/p/..;x=y/secret")]
    [Arguments("/p/.")]
    public async Task A_path_outside_of_the_address_of_the_route_is_refused_and_not_forwarded(string target)
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "/public/{proxy}");
        await Assert.That((await gateway.GetAsync(target)).Status).IsEqualTo(400);
        await Assert.That(backend.Requests).IsEmpty();
    }

    [Test]
    [Arguments("1.0")]
    [Arguments("2.0")]
    public async Task A_header_of_an_answer_in_another_encoding_is_passed_on_byte_for_byte(string payload)
    {
        // Each byte is a letter. The last ones: half of a character, an invalid sequence, and a character that needs
        // two UTF-16 units.
        string[] values =
        [
            "attachment; filename=\"a\u00e4b\"", "\u00ff\u0080", "a\u00e2\u0082",
            "\u00f8\u0088\u0080\u0080\u0080\u00e4", "\u00e4 \u00f0\u009f\u0098\u0080 \u00c3\u00a4",
            new string('\u00e4', 9_000),
        ];
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "/{proxy}", payload: payload);
        foreach (var value in values)
        {
            foreach (var name in (string[])["Content-Disposition", "X-Name", "Location", "Set-Cookie"])
            {
                backend.Answer = $"HTTP/1.1 200 OK\nContent-Length: 2\n{name}: {value}\n\nok";
                var answer = await gateway.GetAsync("/p/a");
                await Assert.That((answer.Summary(), answer.Lines(name))).IsEqualTo(("200 ok", $"{name}: {value}"));
            }
        }
    }

    [Test]
    [Arguments("1.0")]
    [Arguments("2.0")]
    public async Task Headers_beyond_ASCII_are_passed_both_ways_byte_for_byte_whatever_the_host_name(string payload)
    {
        // Each byte is a letter: UTF-8 as sent over the network.
        var name = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("né€"));
        await using var backend = new Backend($"HTTP/1.1 200 OK\nContent-Length: 2\nSet-Cookie: n={name}\n\nok");
        await using var gateway = await StartAsync(backend, "/{proxy}", payload: payload);
        foreach (var host in (string[])["api.example.com", "xn--wgv71a119e.jp:8080", "xn--a-.example"])
        {
            var answer = await gateway.SendAsync($"GET /p/a HTTP/1.1\nHost: {host}\nCookie: n={name}\n\n");
            await Assert.That(answer.Summary()).IsEqualTo("200 ok").Because(host);
            await Assert.That(backend.Lines("Cookie")).IsEqualTo($"Cookie: n={name}");
            await Assert.That(answer.Lines("Set-Cookie")).IsEqualTo($"Set-Cookie: n={name}");
            if (payload == "2.0")
                await Assert.That(backend.Lines("Forwarded")).Contains($"host=\"{host}\"");
        }
    }

    [Test]
    public async Task Headers_and_body_are_passed_on_except_for_headers_of_one_connection()
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(
            backend, "/{proxy}", "method: PUT, headers: { X-Key: secret, x-set: ours }");
        var answer = await gateway.SendAsync(
            "POST /p/a HTTP/1.1\nHost: api.example.com\nContent-Length: 5\nContent-Type: text/plain\nAuthorization: "
                + "Bearer t\nX-Own: 1\nX-Own: 2\nX-Set: theirs\nCookie: a=b; c=d\n"
            + "Keep-Alive: timeout=5\nTE: trailers\nUpgrade: websocket\nProxy-Authorization: p\nX-Forwarded-For: "
            + "9.9.9.9\nVia: 1.0 other\nForwarded: for=9.9.9.9\n\nhello");
        await Assert.That(answer.Summary()).IsEqualTo("200 ok");
        await Assert.That(backend.Last).StartsWith("PUT /a HTTP/1.1\r\n").And.EndsWith("\r\n\r\nhello");
        await Assert.That(backend.Lines("Host")).IsEqualTo("Host: " + backend.Address["http://".Length..]);
        await Assert.That((backend.Lines("Authorization"), backend.Lines("Content-Type"), backend.Lines("Cookie")))
            .IsEqualTo(("Authorization: Bearer t", "Content-Type: text/plain", "Cookie: a=b; c=d"));
        await Assert.That((backend.Lines("X-Key"), backend.Lines("X-Set"), backend.Lines("X-Own")
            .Replace("\n", " ", StringComparison.Ordinal))).IsEqualTo(("X-Key: secret", "x-set: ours", "X-Own: 1, 2"));
        await Assert.That((backend.Lines("X-Forwarded-For"), backend.Lines("X-Forwarded-Proto")))
            .IsEqualTo(("X-Forwarded-For: 9.9.9.9, 127.0.0.1", "X-Forwarded-Proto: http"));
        await Assert.That(backend.Lines("Via")).Contains("1.0 other").And.Contains("1.1 " + LoopGuard.Mark);
        await Assert.That(backend.Lines("X-Amzn-Trace-Id")).IsNotEmpty();
        foreach (var gone in (string[])["Keep-Alive", "TE", "Upgrade", "Proxy-Authorization", "Connection"])
            await Assert.That(backend.Lines(gone)).IsEqualTo("").Because(gone);
    }

    [Test]
    [Arguments("Authorization", "Basic a")]
    [Arguments("Host", "orders.example.com")]
    [Arguments("User-Agent", "esb")]
    [Arguments("Accept", "text/plain")]
    [Arguments("Date", "Thu, 01 Jan 2026 00:00:00 GMT")]
    [Arguments("If-None-Match", "x")]
    [Arguments("Range", "bytes=0-1")]
    [Arguments("Accept-Encoding", "gzip")]
    [Arguments("Referer", "x")]
    [Arguments("Cookie", "a=b")]
    [Arguments("X-Own", "x")]
    public async Task A_constant_header_of_any_name_is_sent_with_and_without_a_body(string name, string value)
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "/{proxy}", $"headers: {{ {name}: '{value}' }}");
        await Assert.That((await gateway.GetAsync("/p/a")).Summary()).IsEqualTo("200 ok");
        await Assert.That(backend.Lines(name)).IsEqualTo($"{name}: {value}");
        await Assert.That((await gateway.SendAsync("POST /p/a HTTP/1.1\nHost: h\nContent-Length: 5\n\nhello"))
            .Summary())
            .IsEqualTo("200 ok");
        await Assert.That(backend.Lines(name)).IsEqualTo($"{name}: {value}");
        await Assert.That(backend.Last).EndsWith("\r\n\r\nhello");
    }

    [Test]
    [Arguments("Content-Type", "text/csv")]
    [Arguments("Content-Encoding", "gzip")]
    [Arguments("Content-Language", "de")]
    [Arguments("Content-MD5", "x")]
    [Arguments("Expires", "0")]
    [Arguments("Last-Modified", "x")]
    [Arguments("Allow", "GET")]
    public async Task A_constant_header_of_a_body_is_sent_with_it_and_fails_no_request_without_one(
        string name,
        string value)
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "/{proxy}", $"headers: {{ {name}: '{value}' }}");
        await Assert.That((await gateway.SendAsync("POST /p/a HTTP/1.1\nHost: h\nContent-Length: 5\nContent-Type: "
            + "text/plain\n\nhello")).Summary()).IsEqualTo("200 ok");
        await Assert.That(backend.Lines(name)).IsEqualTo($"{name}: {value}");
        await Assert.That((await gateway.GetAsync("/p/a")).Summary()).IsEqualTo("200 ok");
    }

    [Test]
    [Arguments("GET", true, "2.0")]
    [Arguments("POST", true, "1.0")]
    [Arguments("HEAD", true, "2.0")]
    public async Task A_route_that_forwards_with_HEAD_answers_without_a_body(
        string method,
        bool hasLength,
        string payload)
    {
        await using var backend = new Backend(
            $"HTTP/1.1 200 OK\nX-Own: 1\n{(hasLength ? "Content-Length: 12345\n" : "")}\n");
        await using var gateway = await StartAsync(backend, "/{proxy}", "method: HEAD", payload);
        for (var i = 0; i < 2; i++)
        {
            var answer = await gateway.SendAsync(
                $"{method} /p/a HTTP/1.1\nHost: h\n{(method == "POST" ? "Content-Length: 2\n\nhi" : "\n")}");
            await Assert.That(answer.Summary()).IsEqualTo("200 ");
            await Assert.That(answer.Lines("Content-Length"))
                .IsEqualTo($"Content-Length: {(method == "HEAD" ? 12345 : 0)}");
        }

        await Assert.That(backend.Last).StartsWith("HEAD /a HTTP/1.1\r\n");
    }

    [Test]
    [Arguments("GET", "", false, 200)]
    [Arguments("GET", "", true, 200)]
    [Arguments("DELETE", "", true, 200)]
    [Arguments("PUT", "Content-Length: 0\n", true, 200)]
    [Arguments("OPTIONS", "", false, 200)]
    // The server may have processed the request, so it is not repeated.
    [Arguments("POST", "Content-Length: 0\n", false, 503)]
    [Arguments("POST", "Content-Length: 0\n", true, 503)]
    public async Task A_request_that_may_be_repeated_survives_the_end_of_a_kept_connection(
        string method,
        string head,
        bool resets,
        int expected)
    {
        await using var backend = new Backend { EndsKeptConnections = true, Resets = resets };
        await using var gateway = await StartAsync(backend, "/{proxy}");
        await Assert.That((await gateway.GetAsync("/p/first")).Status).IsEqualTo(200);
        await Assert.That((await gateway.SendAsync($"{method} /p/second HTTP/1.1\nHost: h\n{head}\n")).Status)
            .IsEqualTo(expected);
        await Assert.That(backend.Requests.Count).IsEqualTo(expected == 200 ? 3 : 2);
    }

    [Test]
    public async Task A_header_that_Connection_names_is_not_passed_on()
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "/{proxy}");
        // Kestrel ignores other names besides "close", which the raw client sends.
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{gateway.Port}/p/a");
        request.Headers.Connection.Add("X-Hop");
        request.Headers.Add("X-Hop", "secret");
        using var answer = await client.SendAsync(request);
        await Assert.That(await answer.Content.ReadAsStringAsync()).IsEqualTo("ok");
        await Assert.That(backend.Lines("X-Hop")).IsEqualTo("");
    }

    [Test]
    public async Task An_answer_is_passed_on_with_status_headers_and_body_except_for_headers_of_one_connection()
    {
        await using var backend = new Backend(
            "HTTP/1.1 404 No\nContent-Type: text/x\nSet-Cookie: a=1\nSet-Cookie: b=2\nServer: s\nWWW-Authenticate: "
                + "Basic\nAccess-Control-Allow-Origin: https://evil\nConnection: X-Hop, keep-alive\nX-Hop: "
                + "secret\nKeep-Alive: timeout=5\nTransfer-Encoding: chunked\n\n3\nabc\n0\nX-Trailer: t\n\n");
        await using var gateway = await StartAsync(
            backend, "/{proxy}", more: ", cors: { allow_origins: ['https://a'] }");
        var answer = await gateway.GetAsync("/p/a", "Origin: https://a");
        await Assert.That(answer.Status).IsEqualTo(404);
        await Assert.That(answer.Text).Contains("abc").And.DoesNotContain("X-Trailer");
        await Assert.That((
            answer.Lines("Content-Type"),
            answer.Lines("Set-Cookie"),
            answer.Lines("Server"),
            answer.Lines("WWW-Authenticate"))).IsEqualTo(
            ("Content-Type: text/x", "Set-Cookie: a=1\nSet-Cookie: b=2", "Server: s", "WWW-Authenticate: Basic"));
        await Assert.That(
            (answer.Lines("Access-Control-Allow-Origin"), answer.Lines("X-Hop"), answer.Lines("Keep-Alive")))
            .IsEqualTo(("Access-Control-Allow-Origin: https://a", "", ""));
        await Assert.That(answer.Lines("Apigw-Requestid")).IsNotEmpty();
    }

    [Test]
    public async Task A_REST_API_remaps_the_same_headers_as_for_functions_and_identifies_itself_to_the_server()
    {
        await using var backend = new Backend("HTTP/1.1 302 Found\nLocation: https://elsewhere/\nServer: "
            + "s\nWWW-Authenticate: Basic\nContent-Length: 0\n\n");
        await using var gateway = await StartAsync(backend, "/{proxy}", payload: "1.0", more: ", api: shop");
        var answer = await gateway.GetAsync("/p/a");
        await Assert.That(
            (answer.Status, answer.Lines("Location"), answer.Lines("x-amzn-Remapped-Server"), answer.Lines("Server")))
            .IsEqualTo((302, "Location: https://elsewhere/", "x-amzn-Remapped-Server: s", ""));
        await Assert.That(backend.Lines("x-amzn-apigateway-api-id")).IsEqualTo("x-amzn-apigateway-api-id: shop");
    }

    [Test]
    [Arguments("1.0", """504 {"message": "Endpoint request timed out"}""")]
    [Arguments("2.0", """503 {"message":"Service Unavailable"}""")]
    public async Task A_server_that_does_not_answer_in_time_is_an_error_with_the_message_of_the_API(
        string payload,
        string expected)
    {
        await using var backend = new Backend(answer: null);
        await using var gateway = await StartAsync(backend, "/{proxy}", "timeout_ms: 50", payload);
        await Assert.That((await gateway.GetAsync("/p/a")).Summary()).IsEqualTo(expected);
        await Eventually.TrueAsync(() => backend.Closed == 1);
    }

    [Test]
    [Arguments("1.0", """504 {"message": "Network error communicating with endpoint"}""")]
    [Arguments("2.0", """503 {"message":"Service Unavailable"}""")]
    public async Task A_server_that_is_unreachable_or_sends_an_invalid_answer_is_an_error_with_the_message_of_the_API(
        string payload,
        string expected)
    {
        var backend = new Backend("nonsense\n\n");
        await using var gateway = await StartAsync(backend, "/{proxy}", payload: payload);
        await Assert.That((await gateway.GetAsync("/p/a")).Summary()).IsEqualTo(expected);
        backend.Answer = "HTTP/1.1 200 OK\nX-A: admin\u000b\nContent-Length: 2\n\nok";
        await Assert.That((await gateway.GetAsync("/p/a")).Summary()).IsEqualTo(expected);
        await backend.DisposeAsync();
        await Assert.That((await gateway.GetAsync("/p/a")).Summary()).IsEqualTo(expected);
    }

    [Test]
    [Arguments("1.0", 504, "Content-Length: 50")]
    [Arguments("2.0", 503, "Content-Length: 50")]
    [Arguments("1.0", 504, "Transfer-Encoding: chunked")]
    [Arguments("2.0", 503, "Transfer-Encoding: chunked")]
    public async Task A_server_that_closes_early_is_an_error_if_nothing_was_passed_on_yet_and_else_an_incomplete_answer(
        string payload,
        int status,
        string framing)
    {
        await using var backend = new Backend(
            $"HTTP/1.1 200 OK\nContent-Encoding: x\nX-Theirs: 1\n{framing}\nConnection: close\n\n");
        await using var gateway = await StartAsync(backend, "/{proxy}", payload: payload);
        var answer = await gateway.GetAsync("/p/a");
        await Assert.That((answer.Status, answer.Lines("Content-Encoding"), answer.Lines("X-Theirs")))
            .IsEqualTo((status, "", ""));
        await Assert.That(answer.Text).Contains("message");
        backend.Answer += framing.StartsWith('C') ? "ok" : "2\nok\n";
        for (var i = 0; i < 50; i++)
        {
            answer = await gateway.GetAsync("/p/a");
            await Assert.That((answer.Status, answer.Lines("X-Theirs"))).IsEqualTo((200, "X-Theirs: 1"));
            await Assert.That(answer.Text).IsEqualTo(framing.StartsWith('C') ? "ok" : "2\r\nok\r\n");
        }
    }

    [Test]
    [Arguments("HTTP/1.1 204 No Content\nContent-Length: 2\nX-Theirs: 1\n\nok", 204, "")]
    [Arguments("HTTP/1.1 205 Reset Content\nContent-Length: 2\nX-Theirs: 1\n\nok", 205, "Content-Length: 0")]
    [Arguments(
        "HTTP/1.1 205 Reset Content\nTransfer-Encoding: chunked\nX-Theirs: 1\n\n2\nok\n0\n\n",
        205,
        "Content-Length: 0")]
    [Arguments("HTTP/1.1 304 Not Modified\nContent-Length: 2\nX-Theirs: 1\n\n", 304, "Content-Length: 2")]
    public async Task A_server_s_body_after_a_status_without_content_is_dropped(
        string written,
        int status,
        string length)
    {
        await using var backend = new Backend(written);
        foreach (var payload in (string[])["1.0", "2.0"])
        {
            await using var gateway = await StartAsync(backend, "/{proxy}", payload: payload);
            foreach (var method in (string[])["GET", "HEAD"])
            {
                var answer = await gateway.SendAsync($"{method} /p/a HTTP/1.1\nHost: h\n\n");
                await Assert.That((answer.Status, answer.Text, answer.Lines("Content-Length"), answer.Lines(
                    "X-Theirs"))).IsEqualTo((status, "", length, "X-Theirs: 1")).Because(method);
            }
        }
    }

    [Test]
    [Arguments("101 Switching Protocols")]
    [Arguments("099 X")]
    [Arguments("600 X")]
    [Arguments("999 X")]
    public async Task A_status_that_is_not_a_final_HTTP_status_is_an_error_without_the_server_s_headers(string status)
    {
        await using var backend = new Backend(
            $"HTTP/1.1 {status}\nConnection: Upgrade\nUpgrade: websocket\nX-Theirs: 1\nContent-Length: 2\n\nok");
        await using var gateway = await StartAsync(backend, "/{proxy}");
        var answer = await gateway.GetAsync("/p/a");
        await Assert.That(answer.Summary()).IsEqualTo("""503 {"message":"Service Unavailable"}""");
        await Assert.That((answer.Lines("Upgrade"), answer.Lines("X-Theirs"))).IsEqualTo(("", ""));
        await Assert.That(answer.Lines("Connection")).DoesNotContain("Upgrade");
    }

    [Test]
    public async Task A_body_beyond_the_quota_is_413_and_never_forwarded()
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "/{proxy}");
        await Assert.That((await gateway.SendAsync("POST /p/a HTTP/1.1\nHost: h\nContent-Length: 10485761\n\n"
            + new string('x', 10_485_761))).Status).IsEqualTo(413);
        await Assert.That(backend.Requests).IsEmpty();
    }

    [Test]
    public async Task A_route_to_the_gateway_itself_is_refused_on_its_second_pass()
    {
        await using var gateway = await ServedConfiguration.StartAsync("routes: []", Echo.Function);
        gateway.Reload($"routes: [{{ path: '/p/{{proxy+}}', method: ANY, http_proxy: {{ uri: "
            + $"'http://127.0.0.1:{gateway.Port}/p/{{proxy}}' }} }}, {{ path: /o, "
            + $"http_proxy: {{ uri: 'http://127.0.0.1:{gateway.Port}/f' }} }}, {{ path: /f, function: echo }}]");
        await Assert.That((await gateway.GetAsync("/p/a")).Summary()).IsEqualTo("""508 {"message":"Loop Detected"}""");
        await Assert.That((await gateway.GetAsync("/o")).Status).IsEqualTo(508);
        await Assert.That((await gateway.GetAsync("/f", "Via: 1.1 somebody-else")).Status).IsEqualTo(200);
    }

    [Test]
    public async Task A_route_to_a_server_is_guarded_like_every_route()
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "/{proxy}", more: ", authorizer: { type: lambda, function: "
            + "guard, simple_responses: true, identity_source: $request.header.T }");
        await Assert.That((await gateway.GetAsync("/p/a")).Status).IsEqualTo(401);
        await Assert.That((await gateway.GetAsync("/p/a", "T: no")).Status).IsEqualTo(403);
        await Assert.That(backend.Requests).IsEmpty();
        await Assert.That((await gateway.GetAsync("/p/a", "T: yes")).Status).IsEqualTo(200);
    }

    [Test]
    [Arguments("TRACE")]
    [Arguments("QUERY")]
    [Arguments("FOO")]
    [Arguments("PROPFIND")]
    public async Task A_method_that_API_Gateway_does_not_know_has_no_route(string method)
    {
        await using var backend = new Backend();
        foreach (var (payload, status) in ((string, int)[])[("1.0", 403), ("2.0", 404)])
        {
            await using var gateway = await StartAsync(backend, "/{proxy}", "headers: { X-Const: secret }", payload);
            await Assert.That((await gateway.SendAsync($"{method} /p/a HTTP/1.1\nHost: h\n\n")).Status)
                .IsEqualTo(status);
            gateway.Reload("routes: [{ path: $default, method: ANY, payload: '2.0', function: guard }]");
            await Assert.That((await gateway.SendAsync($"{method} /a HTTP/1.1\nHost: h\n\n")).Status).IsEqualTo(404);
        }

        await Assert.That(backend.Requests).IsEmpty();
    }

    [Test]
    [Arguments("1.0")]
    [Arguments("2.0")]
    public async Task The_timeout_of_a_server_begins_when_it_has_the_whole_request(string payload)
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "/{proxy}", "timeout_ms: 500", payload);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, gateway.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /p/a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"u8.ToArray());
        await stream.WriteAsync("Content-Length: 4000\r\n\r\n"u8.ToArray());
        var begun = Stopwatch.StartNew();
        // Longer than the timeout, and faster than the port's minimum rate.
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(150);
            await stream.WriteAsync(new byte[400]);
        }

        await Assert.That(begun.ElapsedMilliseconds).IsGreaterThan(1000);
        using var answer = new MemoryStream();
        using var timeout = Waits.Begin();
        await stream.CopyToAsync(answer, timeout.Token);
        await Assert.That(RawAnswer.Parse(answer.ToArray()).Status).IsEqualTo(200);
    }

    private static Task<ServedConfiguration> StartAsync(
        Backend backend,
        string uri,
        string settings = "",
        string payload = "2.0",
        string more = "") => ServedConfiguration.StartAsync(
        $"routes: [{{ path: '/p/{{proxy+}}', method: ANY, payload: '{payload}', "
            + $"http_proxy: {{ uri: '{backend.Address}{uri}'{(settings.Length > 0 ? ", " : "")}{settings} }}{more} }}]",
        ("guard", payload => Encoding.UTF8.GetString(payload).Contains("\"yes\"", StringComparison.Ordinal)
            ? """{"isAuthorized":true}"""
            : """{"isAuthorized":false}"""));
}

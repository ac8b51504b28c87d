using System.Text;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Gateway.Tests.Routing;
using Esb.Gateway.Tests.Serving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Gateway.Tests.Responses;

internal sealed class CorsTests
{
    private static readonly Cors Open = new(["*"], null, [], [], null, false);
    private static readonly Cors Strict = new(
        [
            "https://app.example.com", "https://b.example.com",
        ], ["GET", "POST"], ["x-token"], ["ETag", "Link"], 600, true);

    [Test]
    public async Task A_preflight_of_an_HTTP_API_is_answered_without_the_function()
    {
        var answer = await SendAsync(
            Strict,
            "2.0 ANY /{proxy+}",
            "OPTIONS /x HTTP/1.1\nHost: h\nOrigin: https://app.example.com\nAccess-Control-Request-Method: PUT\n\n");
        await Assert.That(answer.Status).IsEqualTo(204);
        await Assert.That(Cors(answer)).IsEqualTo(
            """
            Access-Control-Allow-Credentials: true
            Access-Control-Allow-Headers: x-token
            Access-Control-Allow-Methods: GET,POST
            Access-Control-Allow-Origin: https://app.example.com
            Access-Control-Max-Age: 600
            """);
    }

    [Test]
    public async Task A_preflight_of_an_origin_that_is_not_allowed_gets_no_permission()
    {
        var answer = await SendAsync(
            Strict,
            "2.0 GET /x",
            "OPTIONS /x HTTP/1.1\nHost: h\nOrigin: https://evil.example.com\nAccess-Control-Request-Method: GET\n\n");
        await Assert.That((answer.Status, Cors(answer))).IsEqualTo((204, ""));
    }

    [Test]
    public async Task A_preflight_of_a_REST_API_is_answered_to_everybody_like_the_mock_of_SAM()
    {
        var answer = await SendAsync(Open, "GET /x", "OPTIONS /x HTTP/1.1\nHost: h\n\n");
        await Assert.That((answer.Status, answer.Text)).IsEqualTo((200, "{}\n"));
        await Assert.That(Cors(answer))
            .IsEqualTo("Access-Control-Allow-Methods: GET,OPTIONS\nAccess-Control-Allow-Origin: *");
    }

    [Test]
    public async Task An_empty_list_of_methods_allows_none_in_a_preflight()
    {
        var answer = await SendAsync(Open with { AllowMethods = [] }, "GET /x", "OPTIONS /x HTTP/1.1\nHost: h\n\n");
        await Assert.That(Cors(answer)).IsEqualTo("Access-Control-Allow-Origin: *");
    }

    [Test]
    [Arguments("2.0 OPTIONS /x")]
    [Arguments("OPTIONS /x")]
    public async Task A_separate_OPTIONS_route_gets_the_request_instead(string route)
    {
        var answer = await SendAsync(
            Open, route, "OPTIONS /x HTTP/1.1\nHost: h\nOrigin: https://a\nAccess-Control-Request-Method: GET\n\n");
        await Assert.That((answer.Status, answer.Text)).IsEqualTo((200, "called"));
    }

    [Test]
    public async Task An_HTTP_API_replaces_the_CORS_headers_of_the_function_and_a_REST_API_keeps_them()
    {
        const string Request = "GET /x HTTP/1.1\nHost: h\nOrigin: https://b.example.com\n\n";
        await Assert.That(Cors(await SendAsync(Strict, "2.0 GET /x", Request))).IsEqualTo(
            """
            Access-Control-Allow-Credentials: true
            Access-Control-Allow-Origin: https://b.example.com
            Access-Control-Expose-Headers: ETag,Link
            """);
        await Assert.That(Cors(await SendAsync(Strict, "GET /x", Request)))
            .IsEqualTo("Access-Control-Allow-Origin: from-function");
        await Assert.That(Cors(await SendAsync(null, "2.0 GET /x", Request)))
            .IsEqualTo("Access-Control-Allow-Origin: from-function");
    }

    [Test]
    [Arguments("*", false, "https://a.com", "*")]
    [Arguments("*", true, "https://a.com", "*")]
    [Arguments("https://*", false, "https://a.com", "https://a.com")]
    [Arguments("https://*", false, "http://a.com", null)]
    [Arguments("https://a.com", false, "HTTPS://A.com", "HTTPS://A.com")]
    [Arguments("https://a.com", false, "https://a.com.evil.com", null)]
    [Arguments("https://a.*", false, "https://a.com", null)]
    public async Task An_origin_is_allowed_by_its_full_name_a_scheme_or_an_asterisk(
        string rule,
        bool credentials,
        string origin,
        string? expected) =>
        await Assert.That(CorsHeaders.AllowedOrigin(
            Open with { AllowOrigins = [rule], AllowCredentials = credentials }, origin)).IsEqualTo(expected);

    [Test]
    [Arguments("2.0 GET /x", "GET", "Origin: https://b.example.com\n", "", "Vary: Origin")]
    [Arguments("2.0 GET /x", "GET", "Origin: https://evil.example.com\n", "", "Vary: Origin")]
    [Arguments("2.0 GET /x", "GET", "", "", "Vary: Origin")]
    [Arguments("2.0 GET /x", "GET", "", "Accept-Encoding", "Vary: Accept-Encoding, Origin")]
    [Arguments("2.0 GET /x", "GET", "", "origin, Accept", "Vary: origin, Accept")]
    [Arguments("2.0 GET /x", "GET", "", "*", "Vary: *")]
    [Arguments(
        "2.0 GET /x",
        "OPTIONS",
        "Origin: https://b.example.com\nAccess-Control-Request-Method: GET\n",
        "",
        "Vary: Origin")]
    [Arguments(
        "2.0 GET /x",
        "OPTIONS",
        "Origin: https://evil.example.com\nAccess-Control-Request-Method: GET\n",
        "",
        "Vary: Origin")]
    [Arguments("GET /x", "OPTIONS", "Origin: https://b.example.com\n", "", "Vary: Origin")]
    [Arguments("GET /x", "GET", "Origin: https://b.example.com\n", "Accept", "Vary: Accept")]
    public async Task Vary_says_that_an_answer_depends_on_the_origin_even_without_one(
        string route,
        string method,
        string head,
        string existing,
        string expected) =>
        await Assert.That((await SendAsync(Strict, route, $"{method} /x HTTP/1.1\nHost: h\n{head}\n", existing))
            .Lines("Vary")).IsEqualTo(expected);

    [Test]
    public async Task Vary_is_absent_when_no_rule_depends_on_the_origin()
    {
        await Assert.That((await SendAsync(null, "2.0 GET /x", "GET /x HTTP/1.1\nHost: h\nOrigin: https://a\n\n"))
            .Lines("Vary")).IsEqualTo("");
        await Assert.That((await SendAsync(Open, "GET /x", "OPTIONS /x HTTP/1.1\nHost: h\nOrigin: https://a\n\n"))
            .Lines("Vary")).IsEqualTo("");
    }

    private static async Task<RawAnswer> SendAsync(Cors? cors, string route, string request, string vary = "")
    {
        var routes = RouteTable.Build([Routes.Definition(route, cors)], new DiagnosticBag());
        var headers = "\"Access-Control-Allow-Origin\":\"from-function\""
            + (vary.Length > 0 ? $",\"Vary\":\"{vary}\"" : "");
        var response = $$"""{"statusCode":200,"headers":{{{headers}}},"body":"called"}""";
        await using var server = await ApiServer.StartAsync(routes, _ => Encoding.UTF8.GetBytes(response));
        return await server.SendAsync(request);
    }

    private static string Cors(RawAnswer answer) =>
        string.Join('\n', answer.Headers.Where(h => h.StartsWith("Access-Control-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
}

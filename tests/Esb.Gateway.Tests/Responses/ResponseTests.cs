using System.Text;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Gateway.Tests.Routing;
using Esb.Gateway.Tests.Serving;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.Responses;

internal sealed class ResponseTests
{
    private const string RestFailed = """{"message": "Internal server error"}""";
    private const string HttpFailed = """{"message":"Internal Server Error"}""";

    [Test]
    [Arguments("""{"statusCode":201,"body":"made"}""", 201, "made")]
    [Arguments("""{"statusCode":"404","body":"text status"}""", 404, "text status")]
    [Arguments("""{"statusCode":200,"body":null}""", 200, "")]
    [Arguments("""{"statusCode":200,"headers":null,"multiValueHeaders":null,"isBase64Encoded":null}""", 200, "")]
    [Arguments(
        """{"statusCode":200,"body":"caf\u00e9 \"q\" \ud83d\ude00","unknown":{"a":[1]}}""", 200, "café \"q\" 😀")]
    [Arguments("""{"statusCode":500,"statusCode":202,"body":"last wins"}""", 202, "last wins")]
    [Arguments("""{"statusCode":200,"headers":{"X":true,"Y":1.50},"body":"scalars"}""", 200, "scalars")]
    [Arguments("""{"isBase64Encoded":true,"body":"AP/+gA==","statusCode":200}""", 200, null)]
    [Arguments("""{"statusCode":204,"body":"dropped"}""", 204, "")]
    public async Task Both_kinds_of_API_send_a_complete_response_as_it_is(string payload, int status, string? body)
    {
        foreach (var route in (string[])["GET /r", "2.0 GET /r"])
        {
            var answer = await AnswerAsync(payload, route);
            await Assert.That(answer.Status).IsEqualTo(status).Because(route);
            await Assert.That(Convert.ToHexString(answer.Body))
                .IsEqualTo(body is null ? "00FFFE80" : Convert.ToHexString(Encoding.UTF8.GetBytes(body)));
            await Assert.That(answer.Lines("Content-Length"))
                .IsEqualTo(status == 204 ? "" : $"Content-Length: {answer.Body.Length}");
        }
    }

    [Test]
    [Arguments("""{"statusCode":200.5}""")]
    [Arguments("""{"statusCode":null}""")]
    [Arguments("""{"statusCode":"ok"}""")]
    [Arguments("""{"statusCode":0}""")]
    [Arguments("""{"statusCode":101}""")]
    [Arguments("""{"statusCode":700}""")]
    [Arguments("""{"statusCode":99999999999}""")]
    [Arguments("""{"statusCode":{"a":1}}""")]
    [Arguments("""{"statusCode":200,"body":{"a":1}}""")]
    [Arguments("""{"statusCode":200,"body":7}""")]
    [Arguments("""{"statusCode":200,"headers":["a"]}""")]
    [Arguments("""{"statusCode":200,"headers":{"a":["b"]}}""")]
    [Arguments("""{"statusCode":200,"headers":{"a":"b\r\nSet-Cookie: c=1"}}""")]
    [Arguments("""{"statusCode":200,"headers":{"a":"b\u0000"}}""")]
    [Arguments("""{"statusCode":200,"headers":{"a b":"c"}}""")]
    [Arguments("""{"statusCode":200,"headers":{"":"c"}}""")]
    [Arguments("""{"statusCode":200,"headers":{"a\r\nb":"c"}}""")]
    [Arguments("""{"statusCode":200,"isBase64Encoded":true,"body":"not base64!"}""")]
    [Arguments("""{"statusCode":200,"isBase64Encoded":true,"body":"AAA"}""")]
    [Arguments("""{"statusCode":200,"isBase64Encoded":"yes"}""")]
    [Arguments("""{"statusCode":200,"body":"\ud800"}""")]
    [Arguments("""{"body":"\ud800","statusCode":200}""")]
    public async Task A_malformed_response_is_the_error_of_its_API_and_no_part_of_it_is_sent(string payload)
    {
        var rest = await AnswerAsync(payload, "GET /r");
        await Assert.That((rest.Status, rest.Text)).IsEqualTo((502, RestFailed));
        await Assert.That(rest.Lines("x-amzn-ErrorType")).IsEqualTo("x-amzn-ErrorType: InternalServerErrorException");
        var http = await AnswerAsync(payload, "2.0 GET /r");
        await Assert.That((http.Status, http.Text)).IsEqualTo((500, HttpFailed));
        await Assert.That(http.Lines("Set-Cookie") + http.Lines("x-amzn-ErrorType")).IsEqualTo("");
    }

    [Test]
    [Arguments("""{"message":"hi"}""", """{"message":"hi"}""")]
    [Arguments("\"Hello \\\"you\\\"\"", "Hello \"you\"")]
    [Arguments("\"\"", "")]
    [Arguments("[1, 2]", "[1, 2]")]
    [Arguments("null", "null")]
    [Arguments("true", "true")]
    [Arguments("42", "42")]
    [Arguments("""{"name": "John Doe", "age":""", """{"name": "John Doe", "age":""")]
    [Arguments("""{"body":{"no":"status"},"headers":5}""", """{"body":{"no":"status"},"headers":5}""")]
    [Arguments("", "")]
    public async Task An_HTTP_API_infers_a_response_where_a_REST_API_fails(string payload, string body)
    {
        var http = await AnswerAsync(payload, "2.0 GET /r");
        await Assert.That((http.Status, http.Text)).IsEqualTo((200, body));
        await Assert.That(http.Lines("Content-Type")).IsEqualTo("Content-Type: application/json");
        await Assert.That((await AnswerAsync(payload, "GET /r")).Status).IsEqualTo(502);
    }

    [Test]
    public async Task Headers_of_a_REST_API_are_merged_remapped_and_sent_once_for_each_value()
    {
        var answer = await AnswerAsync(
            """
            {"statusCode":200,"body":"x",
             "headers":{"Single":"s","Both":"one","Set-Cookie":"a=1","Content-Length":"999","Transfer-Encoding":"chunked","Connection":"upgrade","WWW-Authenticate":"Basic"},
             "multiValueHeaders":{"both":["one","two"],"Set-Cookie":["b=2; Path=/","c=3"],"content-type":["text/html"]},
             "cookies":["ignored=1"]}
            """,
            "GET /r");
        await Assert.That(answer.Text).IsEqualTo("x");
        await Assert.That(answer.Lines("both")).IsEqualTo("both: one\nboth: two");
        await Assert.That(answer.Lines("Set-Cookie"))
            .IsEqualTo("Set-Cookie: b=2; Path=/\nSet-Cookie: c=3\nSet-Cookie: a=1");
        await Assert.That(answer.Lines("Content-Type")).IsEqualTo("Content-Type: text/html");
        await Assert.That(answer.Lines("Content-Length")).IsEqualTo("Content-Length: 1");
        await Assert.That(answer.Lines("Transfer-Encoding") + answer.Lines("WWW-Authenticate")).IsEqualTo("");
        await Assert.That(answer.Lines("x-amzn-Remapped-WWW-Authenticate"))
            .IsEqualTo("x-amzn-Remapped-WWW-Authenticate: Basic");
        await Assert.That(answer.Lines("x-amzn-RequestId"))
            .IsEqualTo("x-amzn-RequestId: c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
        await Assert.That(answer.Lines("x-amz-apigw-id")).IsEqualTo("x-amz-apigw-id: YzZhZjlhYzYtN2I=");
    }

    [Test]
    public async Task Cookies_of_an_HTTP_API_are_separate_header_lines_and_its_default_type_is_text()
    {
        const string Response = """
            {"statusCode":200,"cookies":["a=1; HttpOnly","b=2"],
            "headers":{"X-One":"1"},"multiValueHeaders":{"X-Two":["ignored"]},"body":"t"}
            """;
        var answer = await AnswerAsync(Response, "2.0 GET /r");
        await Assert.That(answer.Lines("Set-Cookie")).IsEqualTo("Set-Cookie: a=1; HttpOnly\nSet-Cookie: b=2");
        await Assert.That(answer.Lines("X-One") + answer.Lines("X-Two")).IsEqualTo("X-One: 1");
        await Assert.That(answer.Lines("Content-Type")).IsEqualTo("Content-Type: text/plain; charset=utf-8");
        await Assert.That(answer.Lines("Apigw-Requestid")).IsEqualTo("Apigw-Requestid: YzZhZjlhYzYtN2I=");
        await Assert.That((await AnswerAsync("""{"statusCode":200,"body":"t"}""", "GET /r")).Lines("Content-Type"))
            .IsEqualTo("Content-Type: application/json");
    }

    [Test]
    public async Task A_header_value_beyond_ASCII_is_sent_as_UTF8()
    {
        var answer = await AnswerAsync("""{"statusCode":200,"headers":{"X-Name":"caf\u00e9"}}""", "GET /r");
        await Assert.That(answer.Lines("X-Name")).IsEqualTo("X-Name: caf\u00c3\u00a9");
    }

    [Test]
    public async Task A_body_without_escapes_is_a_part_of_the_payload_and_not_a_copy()
    {
        byte[] payload = [.. """{"statusCode":200,"body":"plain"}"""u8];
        await Assert.That(FunctionResponse.TryRead(payload, ApiKind.Rest, out var response)).IsTrue();
        payload[26] = (byte)'P';
        await Assert.That(Encoding.UTF8.GetString(response.Body.Span)).IsEqualTo("Plain");
    }

    [Test]
    [Arguments(InvocationOutcome.Failed, 502, RestFailed, 500, HttpFailed)]
    [Arguments(InvocationOutcome.WorkerLost, 502, RestFailed, 500, HttpFailed)]
    [Arguments(
        InvocationOutcome.TimedOut,
        504,
        """{"message": "Endpoint request timed out"}""",
        503,
        """{"message":"Service Unavailable"}""")]
    [Arguments(
        InvocationOutcome.PlatformLost,
        503,
        """{"message": "Service Unavailable"}""",
        503,
        """{"message":"Service Unavailable"}""")]
    [Arguments(
        InvocationOutcome.Refused,
        429,
        """{"message":"Too Many Requests"}""",
        503,
        """{"message":"Service Unavailable"}""")]
    public async Task An_invocation_that_fails_is_answered_with_the_message_of_its_API(
        InvocationOutcome outcome,
        int restStatus,
        string restBody,
        int httpStatus,
        string httpBody)
    {
        var rest = GatewayErrors.Of(outcome, ApiKind.Rest);
        await Assert.That((rest.Status, Encoding.UTF8.GetString(rest.Body.Span))).IsEqualTo((restStatus, restBody));
        var http = GatewayErrors.Of(outcome, ApiKind.Http);
        await Assert.That((http.Status, Encoding.UTF8.GetString(http.Body.Span))).IsEqualTo((httpStatus, httpBody));
    }

    [Test]
    public async Task A_path_without_a_route_is_403_from_a_REST_API_and_404_from_an_HTTP_API()
    {
        await using var rest = await ApiServer.StartAsync(Routes.Table("GET /a"), _ => []);
        var missing = await rest.SendAsync("POST /a HTTP/1.1\nHost: h\nContent-Length: 0\n\n");
        await Assert.That((missing.Status, missing.Text))
            .IsEqualTo((403, """{"message":"Missing Authentication Token"}"""));
        await using var http = await ApiServer.StartAsync(Routes.Table("2.0 GET /a"), _ => []);
        missing = await http.SendAsync("GET /b HTTP/1.1\nHost: h\n\n");
        await Assert.That((missing.Status, missing.Text)).IsEqualTo((404, """{"message":"Not Found"}"""));
    }

    private static async Task<RawAnswer> AnswerAsync(string payload, string route)
    {
        await using var server = await ApiServer.StartAsync(Routes.Table(route), _ => Encoding.UTF8.GetBytes(payload));
        return await server.SendAsync("GET /r HTTP/1.1\nHost: h\n\n");
    }
}

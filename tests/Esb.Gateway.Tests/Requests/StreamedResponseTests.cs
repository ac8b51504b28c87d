using System.Buffers;
using System.Text;
using Esb.Gateway.Responses;
using Esb.Gateway.Streaming;
using Esb.Gateway.Tests.Serving;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.Requests;

/// <summary>Streamed answers of a function URL, byte by byte.</summary>
internal sealed class StreamedResponseTests
{
    private const string End = "\0\0\0\0\0\0\0\0";

    private const string Routing =
        """
        routes:
          - { path: '/_url/s', method: ANY, function: s, payload: '2.0', function_url: true, cors: { allow_origins: ['https://a.example'] } }
          - { path: '/_url/s/{proxy+}', method: ANY, function: s, payload: '2.0', function_url: true, cors: { allow_origins: ['https://a.example'] } }
        """;

    [Test]
    public async Task An_answer_that_begins_and_ends_immediately_is_never_lost()
    {
        await using var served = await ServeAsync("""{"statusCode":403,"headers":{"X-Why":"short"}}""" + End + "no");
        var lost = 0;
        for (var i = 0; i < 300; i++)
        {
            var answer = await served.GetAsync("/_url/s");
            lost += (answer.Status, answer.Lines("X-Why"), Chunks(answer)) == (403, "X-Why: short", "no") ? 0 : 1;
        }

        await Assert.That(lost).IsEqualTo(0);
    }

    [Test]
    [Arguments(204)]
    [Arguments(205)]
    [Arguments(304)]
    public async Task A_status_without_content_has_none_and_the_connection_serves_the_next_request(int status)
    {
        await using var served = await ServeAsync(
            $$$"""{"statusCode":{{{status}}},"headers":{"ETag":"\"1\""}}""" + End + "what nobody may send");
        const string Request = "GET /_url/s HTTP/1.1\r\nHost: h\r\n";
        var answers = Encoding.Latin1.GetString(
            await RawClient.ExchangeAsync(served.Port, Request + "\r\n" + Request + "Connection: close\r\n\r\n"));
        var heads = answers.Split("\r\n\r\n");
        await Assert.That(heads.Length).IsEqualTo(3).Because(answers);
        await Assert.That(heads[..2].All(h => h.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal)
            && h.Contains("ETag: \"1\"", StringComparison.Ordinal))).IsTrue().Because(answers);
        await Assert.That(heads[2]).IsEqualTo("");
        await Assert.That(heads[0].Contains("Content-Length: 0", StringComparison.Ordinal)).IsEqualTo(status == 205);
    }

    [Test]
    public async Task Headers_of_a_connection_are_dropped_from_a_stream_as_from_a_complete_answer()
    {
        string[] dropped =
        [
            "Upgrade", "Trailer", "TE", "Proxy-Connection", "Keep-Alive", "Connection", "Transfer-Encoding",
            "Content-Length",
        ];
        var headers = string.Join(',', dropped.Append("X-Kept").Select(name => $"\"{name}\":\"1234\""));
        await using var streamed = await ServeAsync("{\"headers\":{" + headers + "}}" + End + "body");
        await using var whole = await ServedConfiguration.StartAsync(
            Routing, ("s", _ => "{\"statusCode\":200,\"headers\":{" + headers + "},\"body\":\"body\"}"));
        foreach (var answer in new[] { await streamed.GetAsync("/_url/s"), await whole.GetAsync("/_url/s") })
        {
            await Assert.That(answer.Headers.Where(h => h.EndsWith(": 1234", StringComparison.Ordinal)))
                .IsEquivalentTo(["X-Kept: 1234"]);
            await Assert.That(answer.Text).Contains("body");
        }
    }

    [Test]
    [Arguments("""{"statusCode":200,"headers":{"X-A":"a\r\nb"}}""" + End)]
    [Arguments("no JSON" + End + "body")]
    [Arguments("""{"statusCode":200}""")]
    [Arguments("LONG")]
    public async Task An_invalid_prelude_is_502_with_a_body_like_every_other_failure(string written)
    {
        var text = written == "LONG" ? new string(' ', PreludeReader.MaxBytes + 1) : written;
        await using var served = await ServeAsync(text);
        await using var failing = await ServedConfiguration.StartAsync(
            Routing, ("s", _ => throw new InvalidOperationException("failed")));
        var (answer, other) = (await served.GetAsync("/_url/s"), await failing.GetAsync("/_url/s"));
        await Assert.That((answer.Status, answer.Text, answer.Lines("Content-Type")))
            .IsEqualTo((502, "Internal Server Error", other.Lines("Content-Type")));
        await Assert.That((other.Status, other.Text)).IsEqualTo((502, "Internal Server Error"));
    }

    [Test]
    public async Task A_streamed_answer_carries_the_ids_and_the_cross_origin_headers_of_every_answer()
    {
        await using var served = await ServeAsync("text", "text/plain");
        var answer = await served.GetAsync("/_url/s", "Origin: https://a.example");
        await Assert.That((answer.Status, Chunks(answer), answer.Lines("Content-Type")))
            .IsEqualTo((200, "text", "Content-Type: text/plain"));
        await Assert.That(answer.Lines("Access-Control-Allow-Origin"))
            .IsEqualTo("Access-Control-Allow-Origin: https://a.example");
        await Assert.That(answer.Lines("x-amzn-RequestId")).IsNotEmpty();
    }

    [Test]
    [Arguments("text/plain")]
    [Arguments(HttpPrelude.ContentType)]
    public async Task A_function_that_fails_before_its_first_byte_is_502_with_a_body_like_every_other_failure(
        string contentType)
    {
        await using var served = await ServedConfiguration.StartStreamingAsync(
            Routing, ("s", stream => FailAsync(stream, "", contentType)));
        await using var failing = await ServedConfiguration.StartAsync(
            Routing, ("s", _ => throw new InvalidOperationException("failed")));
        var other = await failing.GetAsync("/_url/s");
        for (var i = 0; i < 50; i++)
        {
            var answer = await served.GetAsync("/_url/s");
            await Assert.That((answer.Status, answer.Text, answer.Lines("Content-Type")))
                .IsEqualTo((502, "Internal Server Error", other.Lines("Content-Type")));
        }
    }

    [Test]
    public async Task Output_before_a_failure_arrives_and_the_answer_is_incomplete()
    {
        await using var text = await ServedConfiguration.StartStreamingAsync(
            Routing, ("s", stream => FailAsync(stream, "abc", "text/plain")));
        await using var head = await ServedConfiguration.StartStreamingAsync(
            Routing, ("s", stream => FailAsync(stream, """{"statusCode":403}""" + End, HttpPrelude.ContentType)));
        for (var i = 0; i < 100; i++)
        {
            var answer = await text.GetAsync("/_url/s");
            await Assert.That((answer.Status, answer.Text)).IsEqualTo((200, "3\r\nabc\r\n"));
            answer = await head.GetAsync("/_url/s");
            await Assert.That((answer.Status, answer.Text)).IsEqualTo((403, ""));
        }
    }

    // Fails like a runtime whose trailers are in one packet with everything before them.
    private static async Task<InvocationResult> FailAsync(ResponseStream stream, string written, string contentType)
    {
        await AnswerAsync(stream, written, contentType);
        return InvocationResult.Error(InvocationOutcome.Failed, "Boom", "in the middle");
    }

    private static Task<ServedConfiguration> ServeAsync(string written, string contentType = HttpPrelude.ContentType) =>
        ServedConfiguration.StartStreamingAsync(Routing, ("s", stream => AnswerAsync(stream, written, contentType)));

    private static async Task<InvocationResult> AnswerAsync(ResponseStream stream, string written, string contentType)
    {
        stream.TryStart(contentType);
        await stream.WriteAsync(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(written)), CancellationToken.None);
        stream.End();
        return InvocationResult.Success(default);
    }

    // One chunk, as Kestrel frames it.
    private static string Chunks(RawAnswer answer)
    {
        var parts = answer.Text.Split("\r\n");
        return parts.Length > 1 ? parts[1] : answer.Text;
    }
}

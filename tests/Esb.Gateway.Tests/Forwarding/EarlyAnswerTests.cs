using System.Text;
using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Forwarding;

/// <summary>Servers that answer before they have read the whole request.</summary>
internal sealed class EarlyAnswerTests
{
    private const int Large = 9 * 1024 * 1024;

    [Test]
    [Arguments("401 Unauthorized", true)]
    [Arguments("413 Content Too Large", true)]
    [Arguments("413 Content Too Large", false)]
    [Arguments("200 OK", true)]
    public async Task The_answer_of_a_server_that_closes_before_it_has_read_a_large_body_is_passed_on(
        string status,
        bool hasLength)
    {
        var early = $"HTTP/1.1 {status}\nX-Theirs: 1\nContent-Length: 5\nConnection: close\n\nearly";
        await using var backend = new Backend(early) { AnswersEarly = true };
        foreach (var payload in (string[])["1.0", "2.0"])
        {
            await using var gateway = await StartAsync(backend, payload);
            for (var i = 0; i < 5; i++)
            {
                var answer = await gateway.SendAsync(Post(Large, hasLength));
                await Assert.That((answer.Summary(), answer.Lines("X-Theirs")))
                    .IsEqualTo((status[..3] + " early", "X-Theirs: 1"));
            }
        }
    }

    [Test]
    public async Task The_answer_of_a_server_that_stops_reading_is_passed_on_too()
    {
        const string Early = "HTTP/1.1 401 Unauthorized\nContent-Length: 5\n\nearly";
        await using var backend = new Backend(Early) { AnswersEarly = true, StopsReading = true };
        await using var gateway = await StartAsync(backend, "2.0");
        await Assert.That((await gateway.SendAsync(Post(Large, hasLength: true))).Summary()).IsEqualTo("401 early");
        // Not on the connection on which the rest of a body was not sent.
        await Assert.That((await gateway.GetAsync("/p/a")).Summary()).IsEqualTo("401 early");
        await Assert.That(backend.Last).StartsWith("GET /a HTTP/1.1\r\n");
    }

    [Test]
    public async Task A_server_that_closes_without_an_answer_before_it_has_read_a_body_is_an_error()
    {
        await using var backend = new Backend("Connection: close\n\n") { AnswersEarly = true };
        await using var gateway = await StartAsync(backend, "2.0");
        await Assert.That((await gateway.SendAsync(Post(Large, hasLength: true))).Status).IsEqualTo(503);
    }

    [Test]
    public async Task A_large_body_arrives_completely_at_a_server_that_reads_it()
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "2.0");
        await Assert.That((await gateway.SendAsync(Post(Large, hasLength: true))).Summary()).IsEqualTo("200 ok");
        await Assert.That(backend.Last.Length - backend.Last.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4)
            .IsEqualTo(Large);
    }

    [Test]
    [Arguments("bytes=0-", "")]
    [Arguments("@", "")]
    [Arguments("X-Hop, bytes=0-, X-Other", "X-Hop")]
    [Arguments("\"X-Hop\"", "")]
    [Arguments("\u00e4", "")]
    [Arguments(",,;", "")]
    [Arguments("Content-Length", "")]
    [Arguments("Host", "")]
    public async Task No_value_of_the_header_Connection_makes_a_request_fail(string connection, string gone)
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "2.0");
        var written = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(connection));
        var answer = await RawClient.SendLastAsync(
            gateway.Port,
            $"POST /p/a HTTP/1.1\r\nHost: h\r\nX-Hop: 1\r\nContent-Length: 2\r\nConnection: {written}\r\n\r\nhi");
        await Assert.That(answer.Summary()).IsEqualTo("200 ok");
        await Assert.That(backend.Lines("X-Hop")).IsEqualTo(gone == "X-Hop" ? "" : "X-Hop: 1");
        // In chunks when the client's Content-Length was removed through Connection.
        await Assert.That(backend.Last).EndsWith("\r\n\r\nhi").Or.EndsWith("\r\n\r\n2\r\nhi\r\n0\r\n\r\n");
    }

    [Test]
    [Arguments("Expect: x")]
    [Arguments("TE: @")]
    [Arguments("Upgrade: @")]
    [Arguments("Keep-Alive: =")]
    [Arguments("Proxy-Connection: @")]
    [Arguments("Trailer: Content-Length")]
    [Arguments("Via: @,,")]
    [Arguments("Forwarded: ;;=")]
    [Arguments("X-Forwarded-For: ,,@")]
    [Arguments("Content-Type: @;;")]
    [Arguments("Content-Encoding: ,")]
    [Arguments("Content-MD5: @")]
    [Arguments("Content-Range: @")]
    [Arguments("Last-Modified: never")]
    [Arguments("Expires: @")]
    [Arguments("Allow: @")]
    [Arguments("Authorization: ")]
    [Arguments("Date: @")]
    [Arguments("If-Modified-Since: @")]
    [Arguments("Range: @")]
    [Arguments("Accept: @;;")]
    [Arguments("Cookie: ;=@")]
    [Arguments("User-Agent: (")]
    [Arguments("From: @")]
    [Arguments("Max-Forwards: @")]
    [Arguments("Transfer: @")]
    [Arguments("Traceparent: @")]
    public async Task No_value_of_another_header_makes_a_request_fail(string header)
    {
        await using var backend = new Backend();
        await using var gateway = await StartAsync(backend, "2.0");
        await Assert.That(
            (await gateway.SendAsync($"POST /p/a HTTP/1.1\nHost: h\n{header}\nContent-Length: 2\n\nhi")).Status)
            .IsEqualTo(200);
        await Assert.That((await gateway.SendAsync($"GET /p/a HTTP/1.1\nHost: h\n{header}\n\n")).Status).IsEqualTo(200);
    }

    private static string Post(int length, bool hasLength) => hasLength
        ? $"POST /p/a HTTP/1.1\nHost: h\nContent-Length: {length}\n\n{new string('x', length)}"
        : $"POST /p/a HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n{length:x}\n{new string('x', length)}\n0\n\n";

    private static Task<ServedConfiguration> StartAsync(Backend backend, string payload) =>
        ServedConfiguration.StartAsync(
            $"routes: [{{ path: '/p/{{proxy+}}', method: ANY, payload: '{payload}', "
                + $"http_proxy: {{ uri: '{backend.Address}/{{proxy}}' }} }}]", Echo.Function);
}

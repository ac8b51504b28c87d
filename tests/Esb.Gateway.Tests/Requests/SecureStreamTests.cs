using System.Buffers;
using System.Text;
using Esb.Gateway.Bodies;
using Esb.Gateway.Listening;
using Esb.Gateway.Responses;
using Esb.Gateway.Settings;
using Esb.Gateway.Streaming;
using Esb.Gateway.Tests.Listening;
using Esb.Gateway.Tests.Serving;
using Esb.Gateway.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Requests;

/// <summary>Streamed answers over HTTP/2, where an incomplete answer is a reset of the stream.</summary>
internal sealed class SecureStreamTests : IDisposable
{
    private const string End = "\0\0\0\0\0\0\0\0";
    private const int Rounds = 50;
    private const string Routing =
        """
        routes:
          - { path: '/_url/s', method: ANY, function: s, payload: '2.0', function_url: true }
        """;

    private static readonly (string, string) Path = (":path", "/_url/s");

    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Test]
    [Arguments("text/plain", "", "GET")]
    [Arguments(HttpPrelude.ContentType, "", "GET")]
    [Arguments(HttpPrelude.ContentType, """{"statusCode":20""", "GET")]
    [Arguments("text/plain", "", "HEAD")]
    public async Task A_function_that_fails_before_its_first_byte_is_answered_and_its_stream_is_not_reset(
        string contentType,
        string written,
        string method)
    {
        await using var served = await ServeAsync(contentType, written, InvocationOutcome.Failed);
        await using var client = await RawHttp2Connection.OpenAsync(served.Port, _certificates.ClientOptions);
        for (var i = 0; i < Rounds; i++)
        {
            await client.RequestAsync(1 + (2 * i), method, hasBody: false, Path);
            await Assert.That(await client.StatusAsync()).IsEqualTo(502);
        }
    }

    [Test]
    [Arguments("HEAD", 200)]
    [Arguments("GET", 204)]
    [Arguments("GET", 205)]
    [Arguments("GET", 304)]
    public async Task An_answer_without_content_is_complete_although_its_function_fails_after_the_head(
        string method,
        int status)
    {
        await using var served = await ServeAsync(
            HttpPrelude.ContentType, $$"""{"statusCode":{{status}}}""" + End + "abc", InvocationOutcome.Failed);
        await using var client = await RawHttp2Connection.OpenAsync(served.Port, _certificates.ClientOptions);
        for (var i = 0; i < Rounds; i++)
        {
            await client.RequestAsync(1 + (2 * i), method, hasBody: false, Path);
            await NoResetBeforeAsync(client, RawHttp2Connection.Kind.Headers);
        }

        await client.PingAsync();
        await NoResetBeforeAsync(client, RawHttp2Connection.Kind.Ping);
    }

    [Test]
    public async Task A_stream_that_finds_no_memory_is_429_as_long_as_nothing_was_sent()
    {
        var bounds = new ClientMemoryLimits(new BodyBudget(1024), new AnswersInFlight(1024, TimeProvider.System));
        await using var served = await ServedConfiguration.StartStreamingAsync(null, bounds, Routing, (
            "s", stream => AnswerAsync(stream, "text/plain", new string('x', 2048), InvocationOutcome.Succeeded)));
        var answer = await served.GetAsync("/_url/s");
        await Assert.That((answer.Status, answer.Text)).IsEqualTo((429, """{"Message":"Too Many Requests"}"""));
        await Assert.That(answer.Lines("Content-Type")).IsEqualTo("Content-Type: application/json");
    }

    private Task<ServedConfiguration> ServeAsync(string contentType, string written, InvocationOutcome outcome)
    {
        _certificates.Write("localhost");
        var certificate = new TlsCertificate(
            new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile),
            NullLogger<TlsCertificate>.Instance,
            TimeProvider.System);
        return ServedConfiguration.StartStreamingAsync(
            certificate,
            ClientMemoryLimits.OfThisMachine(TimeProvider.System),
            Routing,
            ("s", stream => AnswerAsync(stream, contentType, written, outcome)));
    }

    private static async Task NoResetBeforeAsync(RawHttp2Connection client, RawHttp2Connection.Kind end)
    {
        while (await client.ReadAsync() is { } frame && frame.Kind != end)
            await Assert.That(frame.Kind).IsNotEqualTo(RawHttp2Connection.Kind.Reset);
    }

    private static async Task<InvocationResult> AnswerAsync(
        ResponseStream stream,
        string contentType,
        string written,
        InvocationOutcome outcome)
    {
        stream.TryStart(contentType);
        if (written.Length > 0)
            await stream.WriteAsync(
                new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(written)), CancellationToken.None);
        stream.End();
        return outcome == InvocationOutcome.Succeeded
            ? InvocationResult.Success(default)
            : InvocationResult.Error(outcome, "Boom", "in the middle");
    }
}

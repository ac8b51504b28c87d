using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Tests.RuntimeApi;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Listening;

/// <summary>Requests with <c>Expect: 100-continue</c>.</summary>
internal sealed class ExpectedContinueTests
{
    private const string Routing =
        """
        routes:
          - { path: /f, method: POST, function: f, payload: "2.0" }
          - { path: /mock, method: POST, mock: { status: 302, headers: { Location: '/f' } } }
          - { path: /key, method: POST, function: f, payload: "2.0", api_key_required: true }
          - { path: /token, method: POST, function: f, payload: "2.0", authorizer: { type: lambda, function: f, identity_source: ['$request.header.X-User'], payload: '2.0' } }
          - { path: /closed, method: POST, function: f, payload: "2.0", authorizer: { type: iam } }
        """;

    [Test]
    [Arguments("POST /nowhere HTTP/1.1", 5, "403")]
    [Arguments("POST /closed HTTP/1.1", 5, "403")]
    [Arguments("POST /mock HTTP/1.1", 5, "302")]
    [Arguments("POST /key HTTP/1.1", 5, "403")]
    [Arguments("POST /token HTTP/1.1", 5, "401")]
    [Arguments("POST /x/../f HTTP/1.1", 5, "400")]
    [Arguments("post /f HTTP/1.1", 5, "400")]
    [Arguments("POST /f HTTP/1.1", 20_000_000, "413")]
    [Arguments("POST /f HTTP/1.1", 0, "200")]
    public async Task An_answer_instead_of_100_Continue_announces_the_end_of_the_connection(
        string line,
        int length,
        string status)
    {
        await using var served = await ServedConfiguration.StartAsync(Routing, ("f", _ => "\"got\""));
        var answer = await ExchangeAsync(IPAddress.Loopback, served.Port, line, length, "");
        await Assert.That(answer).StartsWith($"HTTP/1.1 {status} ");
        await Assert.That(answer).Contains("\r\nConnection: close\r\n");
    }

    [Test]
    public async Task A_requested_body_is_accepted_and_its_connection_stays_open()
    {
        await using var served = await ServedConfiguration.StartAsync(Routing, ("f", _ => "\"got\""));
        var answer = await ExchangeAsync(IPAddress.Loopback, served.Port, "POST /f HTTP/1.1", 5, "hello");
        await Assert.That(answer).StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ");
        await Assert.That(answer).DoesNotContain("Connection: close");
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task The_rest_of_a_body_that_is_too_large_is_read_so_that_its_client_sees_the_answer(
        bool isChunked)
    {
        await using var served = await ServedConfiguration.StartAsync(Routing, ("f", _ => "\"got\""));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{served.Port}") };
        for (var i = 0; i < 3; i++)
        {
            using var body = new ByteArrayContent(new byte[20_000_000]);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/f") { Content = body };
            request.Headers.TransferEncodingChunked = isChunked;
            using var answer = await client.SendAsync(request);
            await Assert.That((int)answer.StatusCode).IsEqualTo(413);
        }
    }

    [Test]
    [Arguments("POST /2018-06-01/runtime/invocation/other/response HTTP/1.1", "400")]
    [Arguments("POST /2018-06-01/runtime/nothing HTTP/1.1", "404")]
    public async Task The_Runtime_API_ends_the_connection_of_an_answer_that_it_does_not_want(string line, string status)
    {
        await using var server = await RuntimeApiServer.StartAsync();
        server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        var answer = await ExchangeAsync(IPAddress.Parse(worker.Address), worker.Port, line, 5, "");
        await Assert.That(answer).StartsWith($"HTTP/1.1 {status} ");
        await Assert.That(answer).Contains("\r\nConnection: close\r\n");
    }

    // Sends the head, and the body when it is requested; reads until the answer's head has arrived.
    private static async Task<string> ExchangeAsync(IPAddress address, int port, string line, int length, string body)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address, port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"{line}\r\nHost: h\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n"));
        var answer = "";
        var buffer = new byte[4096];
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!HasHead(answer) && await stream.ReadAsync(buffer, timeout.Token) is > 0 and var count)
        {
            var wasAsked = IsAsked(answer);
            answer += Encoding.Latin1.GetString(buffer, 0, count);
            if (!wasAsked && IsAsked(answer))
                await stream.WriteAsync(Encoding.Latin1.GetBytes(body));
        }

        return answer;
    }

    private static bool IsAsked(string answer) => answer.StartsWith("HTTP/1.1 100 ", StringComparison.Ordinal);

    private static bool HasHead(string answer) => answer.Split("\r\n\r\n").Length > (IsAsked(answer) ? 2 : 1);
}

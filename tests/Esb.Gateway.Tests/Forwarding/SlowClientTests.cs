using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Bodies;
using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Bodies;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Forwarding;

/// <summary>Clients that read the answer of a server slowly, or not at all.</summary>
internal sealed class SlowClientTests
{
    // More than the buffers of all sockets in between can hold.
    private const int Size = 32 * 1024 * 1024;
    private const int Timeout = 2_000;

    private static readonly string Large = $"HTTP/1.1 200 OK\nContent-Length: {Size}\n\n" + new string('x', Size);

    [Test]
    [Arguments("1.0")]
    [Arguments("2.0")]
    public async Task The_time_that_the_client_takes_to_read_does_not_count_against_the_server(string payload)
    {
        await using var backend = new Backend(Large);
        await using var gateway = await ServedConfiguration.StartAsync(Routes(backend, payload, Timeout));
        using var client = await RequestAsync(gateway);
        // Longer than the timeout.
        await Task.Delay(Timeout + 500);
        await Assert.That(await ReadAsync(client)).IsEqualTo(Size);
    }

    [Test]
    public async Task A_client_that_never_reads_is_disconnected_and_its_memory_is_freed()
    {
        var time = new SteppedTime();
        var bounds = new ClientMemoryLimits(
            new BodyBudget(Size, time), new AnswersInFlight(Size, time));
        await using var backend = new Backend(Large);
        await using var gateway = await ServedConfiguration.StartAsync(bounds, Routes(backend, "2.0", 29_000));
        using var client = await RequestAsync(gateway);
        await Eventually.TrueAsync(() => bounds.Answers.WaitingSince(1) == 1);
        await Assert.That(bounds.Answers.Held).IsGreaterThan(0);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            bounds.Answers.Check();
            return bounds.Answers.Disconnected == 1;
        });
        await Assert.That(bounds.Answers.Held).IsEqualTo(0);
        await Assert.That(await ReadAsync(client)).IsLessThan(Size);
        await Eventually.TrueAsync(() => backend.Closed == 1);
    }

    [Test]
    public async Task A_server_that_stops_in_the_middle_gets_no_additional_time_because_its_client_is_slow()
    {
        await using var backend = new Backend(Large[..^1]);
        await using var gateway = await ServedConfiguration.StartAsync(Routes(backend, "2.0", Timeout));
        using var client = await RequestAsync(gateway);
        await Task.Delay(Timeout + 500);
        await Assert.That(await ReadAsync(client)).IsEqualTo(Size - 1);
        await Eventually.TrueAsync(() => backend.Closed == 1);
    }

    [Test]
    [Arguments("1.0", 10 * 1024 * 1024, 200)]
    [Arguments("2.0", 10 * 1024 * 1024, 200)]
    [Arguments("1.0", (10 * 1024 * 1024) + 1, 413)]
    [Arguments("2.0", (10 * 1024 * 1024) + 1, 413)]
    [Arguments("2.0", 40 * 1024 * 1024, 413)]
    public async Task A_chunked_body_beyond_the_quota_is_413_with_a_body_on_a_connection_that_stays(
        string payload,
        int size,
        int status)
    {
        await using var backend = new Backend();
        await using var gateway = await ServedConfiguration.StartAsync(
            Routes(backend, payload, 29_000)
                + $"\n  - {{ path: /f, method: ANY, payload: '{payload}', function: echo }}",
            Echo.Function);
        var message = await ExchangeAsync(gateway, "/p/a", size);
        await Assert.That(message.Split('|')[0]).IsEqualTo($"HTTP/1.1 {status}");
        await Assert.That(message).EndsWith("HTTP/1.1 200 OK");
        // Both answer a body that is too large in the same way.
        if (status != 200)
            await Assert.That(message).IsEqualTo(await ExchangeAsync(gateway, "/f", size));
    }

    // The first words and the body of the answer to a large request, and the status line of the answer to the next one.
    private static async Task<string> ExchangeAsync(ServedConfiguration gateway, string path, int size)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, gateway.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var chunk = Encoding.Latin1.GetBytes("1000\r\n" + new string('x', 4096) + "\r\n");
        for (var sent = 0; sent + 4096 <= size; sent += 4096)
            await stream.WriteAsync(chunk);
        for (var sent = size / 4096 * 4096; sent < size; sent++)
            await stream.WriteAsync("1\r\nx\r\n"u8.ToArray());
        await stream.WriteAsync("0\r\n\r\nGET /p/a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var all = new MemoryStream();
        using var timeout = Waits.Begin();
        await stream.CopyToAsync(all, timeout.Token);
        var text = Encoding.Latin1.GetString(all.ToArray());
        var next = text.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return $"{text[..12]}|{text[(end + 4)..next]}|{text[next..].Split("\r\n")[0]}";
    }

    private static string Routes(Backend backend, string payload, int timeout) =>
        $"routes:\n  - {{ path: '/p/{{proxy+}}', method: ANY, payload: '{payload}', "
            + $"http_proxy: {{ uri: '{backend.Address}/{{proxy}}', timeout_ms: {timeout} }} }}";

    private static async Task<Socket> RequestAsync(ServedConfiguration gateway)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 * 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Port);
        await socket.SendAsync("GET /p/a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"u8.ToArray());
        return socket;
    }

    // The number of bytes after the head, up to the end of the connection.
    private static async Task<long> ReadAsync(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        var head = "";
        var read = 0L;
        using var timeout = Waits.Begin();
        try
        {
            while (await socket.ReceiveAsync(buffer, timeout.Token) is var count and > 0)
            {
                read += count;
                if (!head.Contains("\r\n\r\n", StringComparison.Ordinal))
                    head += Encoding.Latin1.GetString(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // The gateway has disconnected.
        }

        return read - head.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4;
    }
}

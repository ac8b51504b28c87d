using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Listening;
using Esb.Gateway.Requests;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Listening;

/// <summary>Clients that close their side of the connection after the request.</summary>
internal sealed class HalfClosedTests : IDisposable
{
    private readonly Certificates _certificates = new();
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _served;

    public void Dispose() => _certificates.Dispose();

    [Test]
    [Arguments("GET / HTTP/1.1\r\nHost: h\r\n\r\n", false)]
    [Arguments("GET / HTTP/1.1\r\nHost: h\r\n\r\n", true)]
    [Arguments("GET / HTTP/1.0\r\n\r\n", false)]
    [Arguments("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi", false)]
    [Arguments("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi", true)]
    [Arguments("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", false)]
    public async Task A_client_that_has_closed_its_side_is_answered_and_its_connection_ends(
        string request,
        bool isSecure)
    {
        await using var listener = await StartAsync(isSecure, answersHalfClosed: true);
        using var timeout = Waits.Begin();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
        await using var stream = await OpenAsync(client, isSecure);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        if (stream is SslStream tls)
            await tls.ShutdownAsync();
        client.Client.Shutdown(SocketShutdown.Send);
        await Eventually.TrueAsync(() => _served == 1);
        // By now Kestrel has seen the end, or sees it while the answer is being created.
        await EndIsReadAsync(client);
        _answer.SetResult();
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, timeout.Token);
        await Assert.That(Encoding.Latin1.GetString(answer.ToArray())).StartsWith("HTTP/1.1 200 OK\r\n")
            .And.Contains("the answer");
    }

    [Test]
    public async Task Two_pipelined_requests_are_answered_after_the_client_closed_its_side()
    {
        _answer.SetResult();
        await using var listener = await StartAsync(isSecure: false, answersHalfClosed: true);
        using var timeout = Waits.Begin();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, timeout.Token);
        await Assert.That(Encoding.Latin1.GetString(answer.ToArray()).Split("the answer").Length).IsEqualTo(3);
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_client_that_resets_its_connection_is_disconnected_at_once(bool answersHalfClosed)
    {
        await using var listener = await StartAsync(isSecure: false, answersHalfClosed);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray());
            await Eventually.TrueAsync(() => _served == 1);
            client.LingerState = new LingerOption(true, 0);
        }

        await _gone.Task.WaitAsync(Waits.Longest);
        _answer.SetResult();
        await listener.WaitForEndOfConnectionsAsync(Waits.Longest);
        await Assert.That(listener.Connections).IsEqualTo(0);
    }

    [Test]
    public async Task A_connection_without_a_request_ends_when_its_client_closes_it()
    {
        await using var listener = await StartAsync(isSecure: false, answersHalfClosed: true);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
            await Eventually.TrueAsync(() => listener.Connections == 1);
        }

        await listener.WaitForEndOfConnectionsAsync(Waits.Longest);
        await Assert.That(listener.Connections).IsEqualTo(0);
    }

    [Test]
    [Arguments("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nhi")]
    [Arguments("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n")]
    [Arguments("GET / HTTP/1.1\r\nHost:")]
    [Arguments("")]
    public async Task An_incomplete_request_is_not_served_and_its_connection_ends(string request)
    {
        await using var listener = await StartAsync(isSecure: false, answersHalfClosed: true);
        using var timeout = Waits.Begin();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            await stream.CopyToAsync(Stream.Null, timeout.Token);
        }
        catch (IOException)
        {
            // An incomplete body ends its connection with a reset.
        }

        await Assert.That(_served).IsEqualTo(0);
    }

    // The server has acknowledged the end once this side has nothing left to send, which the kernel reports.
    private static Task EndIsReadAsync(TcpClient client)
    {
        var own = ((IPEndPoint)client.Client.LocalEndPoint!).Port;
        return Eventually.TrueAsync(() => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties()
            .GetActiveTcpConnections()
            .Any(c => c.LocalEndPoint.Port == own && c.State == System.Net.NetworkInformation.TcpState.FinWait2));
    }

    private async Task<Stream> OpenAsync(TcpClient client, bool isSecure)
    {
        if (!isSecure)
            return client.GetStream();
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(_certificates.ClientOptions);
        return tls;
    }

    private async Task<Listener> StartAsync(bool isSecure, bool answersHalfClosed)
    {
        _certificates.Write("one");
        var certificate = isSecure
            ? new TlsCertificate(
                new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile),
                NullLogger<TlsCertificate>.Instance,
                TimeProvider.System)
            : null;
        RequestDelegate handler = async context =>
        {
            using var registration = context.RequestAborted.Register(() => _gone.TrySetResult());
            await context.Request.Body.CopyToAsync(Stream.Null);
            Interlocked.Increment(ref _served);
            await _answer.Task;
            await context.Response.WriteAsync("the answer");
        };
        var rules = new ListenerRules(options => PublicPort.Limit(options, 1000), Certificate: certificate)
        {
            AnswersHalfClosedFor = answersHalfClosed ? HalfClosed.MaxWait : null,
        };
        var listener = new Listener(
            new ListenAddress(
                "TEST", new IPEndPoint(IPAddress.Loopback, 0)), handler, NullLoggerFactory.Instance, rules);
        await listener.StartAsync(CancellationToken.None);
        return listener;
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Listening;
using Esb.Gateway.Requests;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Listening;

/// <summary>Clients that stop in the middle of a body: not an error of the gateway, so that it logs nothing.</summary>
internal sealed class BrokenOffBodyTests : ILoggerFactory, ILogger
{
    private readonly Certificates _certificates = new();
    private readonly ConcurrentQueue<string> _logged = new();
    private int _begun;
    private int _ended;

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task An_upload_that_the_client_resets_is_not_logged_as_a_failure(bool isRead)
    {
        await using var listener = await StartAsync(isRead, secure: false);
        for (var i = 1; i <= 3; i++)
        {
            using var client = new TcpClient { NoDelay = true, LingerState = new LingerOption(true, 0) };
            await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
            await client.GetStream().WriteAsync(
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n"u8.ToArray());
            if (!isRead)
                await client.GetStream().ReadExactlyAsync(new byte[12]);
            await Eventually.TrueAsync(() => Volatile.Read(ref _begun) == i);
            client.Close();
            await Eventually.TrueAsync(() => Volatile.Read(ref _ended) == i);
        }

        await EndAsync(listener);
    }

    [Test]
    public async Task A_wrong_trailer_after_an_answered_request_is_not_logged_as_a_failure()
    {
        await using var listener = await StartAsync(isRead: false, secure: false);
        await RawClient.ExchangeAsync(
            listener.Address.Port,
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-A: \u00ff\r\n\r\n");
        await EndAsync(listener);
    }

    [Test]
    public async Task An_upload_over_HTTP2_that_the_client_cancels_is_not_logged_as_a_failure()
    {
        await using var listener = await StartAsync(isRead: true, secure: true);
        await using var connection = await RawHttp2Connection.OpenAsync(
            listener.Address.Port, _certificates.ClientOptions);
        await connection.RequestAsync(1, "POST", hasBody: true);
        await connection.SendDataAsync(1, 5);
        await Eventually.TrueAsync(() => Volatile.Read(ref _begun) == 1);
        await connection.ResetAsync(1);
        await Eventually.TrueAsync(() => Volatile.Read(ref _ended) == 1);
        await connection.RequestAsync(3, "POST", hasBody: true, ("content-length", "10"));
        await connection.SendDataAsync(3, 5, isEnd: true);
        await Eventually.TrueAsync(() => Volatile.Read(ref _ended) == 2);
        await connection.RequestAsync(5, "POST", hasBody: true);
        await connection.SendDataAsync(5, 5);
        await Eventually.TrueAsync(() => Volatile.Read(ref _begun) == 3);
        await connection.DisposeAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref _ended) == 3);
        await EndAsync(listener);
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    void ILogger.Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
            _logged.Enqueue($"{eventId} {formatter(state, exception)} {exception}");
    }

    public void Dispose() => _certificates.Dispose();

    // Everything is logged when the listener has stopped.
    private async Task EndAsync(Listener listener)
    {
        await listener.WaitForEndOfConnectionsAsync(Waits.Longest);
        await listener.StopAsync(CancellationToken.None);
        await Assert.That(string.Join('\n', _logged)).IsEqualTo("");
    }

    private async Task<Listener> StartAsync(bool isRead, bool secure)
    {
        _certificates.Write("localhost");
        var certificate = secure
            ? new TlsCertificate(
                new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile),
                NullLogger<TlsCertificate>.Instance,
                TimeProvider.System)
            : null;
        var listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            async context =>
            {
                Interlocked.Increment(ref _begun);
                try
                {
                    if (isRead)
                        await RequestBody.ReadAsync(context.Request, 1024, context.RequestAborted);
                    await JsonReply.WriteAsync(context, 403, Encoding.UTF8.GetBytes("{}"));
                }
                finally
                {
                    Interlocked.Increment(ref _ended);
                }
            },
            this,
            new ListenerRules(options => PublicPort.Limit(options, 100), Certificate: certificate)
            {
                AnswersHalfClosedFor = HalfClosed.MaxWait,
            });
        await listener.StartAsync(CancellationToken.None);
        return listener;
    }
}

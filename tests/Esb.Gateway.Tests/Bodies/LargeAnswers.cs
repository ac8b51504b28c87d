using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Bodies;
using Esb.Gateway.Listening;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Listening;
using Esb.Gateway.Tests.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Bodies;

/// <summary>The gateway's own listener with an answer of fixed size for every request, and a manual clock.</summary>
internal sealed class LargeAnswers : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Listener _listener;
    private readonly Certificates _certificates = new();

    private LargeAnswers(int size, long bound, bool tls)
    {
        _certificates.Write("localhost");
        var files = new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile);
        Answers = new AnswersInFlight(bound, Time);
        var body = new byte[size];
        var certificate = tls
            ? new TlsCertificate(files, NullLogger<TlsCertificate>.Instance, TimeProvider.System)
            : null;
        _listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            context => JsonReply.WriteAsync(context, 200, body),
            NullLoggerFactory.Instance,
            new ListenerRules(Certificate: certificate) { Answers = Answers });
    }

    public AnswersInFlight Answers { get; }

    public SteppedTime Time { get; } = new();

    /// <summary>The address for HTTP/2 clients, over TLS.</summary>
    public Uri Secure => new($"https://localhost:{_listener.Address.Port}/");

    /// <summary>An HTTP/2 connection that takes this many bytes of each answer, and more only on request.</summary>
    public Task<RawHttp2Connection> OpenAsync(int window) =>
        RawHttp2Connection.OpenAsync(_listener.Address.Port, _certificates.ClientOptions, window);

    public HttpClient NewClient() => new(new SocketsHttpHandler { SslOptions = _certificates.ClientOptions })
    {
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public static async Task<LargeAnswers> StartAsync(int size, long bound, bool tls = false)
    {
        var server = new LargeAnswers(size, bound, tls);
        await server._listener.StartAsync(CancellationToken.None);
        return server;
    }

    /// <summary>A client that has sent a request and reads nothing yet.</summary>
    public async Task<NetworkStream> RequestAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 * 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, _listener.Address.Port);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"));
        return stream;
    }

    /// <summary>Advances the clock by a second and checks.</summary>
    public void Check()
    {
        Time.Advance(Second);
        Answers.Check();
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _listener.StopAsync(now.Token);
        await _listener.DisposeAsync();
        _certificates.Dispose();
    }
}

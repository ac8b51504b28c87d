using System.Net.Sockets;

namespace Esb.Cli.Gateway;

/// <summary>The HTTP client for this machine: no proxy, no patience for connecting, none of its own for answers.</summary>
internal static class LocalHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static HttpClient Create() => Client(new SocketsHttpHandler { ConnectTimeout = Patience });

    /// <summary>For the gateway of this machine and nothing else: its certificate names it as clients call it, not as the machine calls itself.</summary>
    public static HttpClient ToGateway() => Client(new SocketsHttpHandler
    {
        ConnectTimeout = Patience,
#pragma warning disable CA5359 // see above
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
    });

    /// <param name="ways">Connections to these ports go another way.</param>
    public static HttpClient Create(IReadOnlyDictionary<int, Func<CancellationToken, Task<Stream>>> ways) => Client(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            if (ways.TryGetValue(context.DnsEndPoint.Port, out var openAsync))
                return await openAsync(cancellationToken);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });

    private static HttpClient Client(SocketsHttpHandler handler)
    {
        handler.UseProxy = false;
        handler.UseCookies = false;
        handler.AllowAutoRedirect = false;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}

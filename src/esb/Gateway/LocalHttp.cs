using System.Net.Sockets;

namespace Esb.Cli.Gateway;

/// <summary>The HTTP client for this machine: no proxy, no patience for connecting, none of its own for answers.</summary>
internal static class LocalHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static HttpClient Create() => Client(new SocketsHttpHandler { ConnectTimeout = Patience });

    /// <param name="port">Connections to this port go another way.</param>
    /// <param name="openAsync">That way.</param>
    public static HttpClient Create(int port, Func<CancellationToken, Task<Stream>> openAsync) => Client(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            if (context.DnsEndPoint.Port == port)
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

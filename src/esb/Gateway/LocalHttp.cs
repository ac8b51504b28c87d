using System.Net.Sockets;

namespace Esb.Cli.Gateway;

/// <summary>The HTTP client for this machine: no proxy, a short timeout for connecting, and none for answers.</summary>
internal static class LocalHttp
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static HttpClient Create() => Client(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout });

    /// <summary>
    /// A client for the gateway of this machine only. It does not verify the certificate, which has the gateway's
    /// public name.
    /// </summary>
    public static HttpClient ToGateway() => Client(new SocketsHttpHandler
    {
        ConnectTimeout = ConnectTimeout,
#pragma warning disable CA5359 // see above
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
    });

    /// <param name="tunnels">The ports that are reached through a tunnel.</param>
    public static HttpClient Create(
        IReadOnlyDictionary<int, Func<CancellationToken, Task<Stream>>> tunnels) => Client(new()
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                if (tunnels.TryGetValue(context.DnsEndPoint.Port, out var openAsync))
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

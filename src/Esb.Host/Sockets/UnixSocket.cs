using System.Net.Sockets;

namespace Esb.Host.Sockets;

/// <summary>Connections to Unix domain sockets.</summary>
public static class UnixSocket
{
    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<Socket> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = New();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The same for a caller that cannot wait.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static Socket Connect(string path)
    {
        var socket = New();
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An HTTP handler whose every connection is one socket, whatever host a URL names.</summary>
    public static SocketsHttpHandler HttpHandler(string path) => new()
    {
        // It is a socket of this machine; a proxy of the shell knows nothing of it.
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
            new NetworkStream(await ConnectAsync(path, cancellationToken), ownsSocket: true),
    };

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}

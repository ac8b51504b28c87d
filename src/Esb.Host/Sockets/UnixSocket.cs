using System.Net.Sockets;

namespace Esb.Host.Sockets;

/// <summary>Connections to Unix domain sockets.</summary>
public static class UnixSocket
{
    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nothing listens there.</exception>
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

    /// <summary>Connects synchronously.</summary>
    /// <exception cref="SocketException">Nothing listens there.</exception>
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

    /// <summary>Makes an HTTP handler that always connects to one socket, whatever the host of a URL.</summary>
    public static SocketsHttpHandler HttpHandler(string path) => new()
    {
        // The socket is local; a proxy from the environment cannot reach it.
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
            new NetworkStream(await ConnectAsync(path, cancellationToken), ownsSocket: true),
    };

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}

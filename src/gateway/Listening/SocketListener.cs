using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>
/// Accepts connections on a socket that may be shared with other processes, such as the next gateway or systemd.
/// Kestrel's own listener closes its socket while it still accepts. .NET then sets SO_LINGER to zero on the socket.
/// Connections of all processes that share the socket inherit this setting, and resets cut off their answers. This
/// listener first stops accepting and then closes the socket, which does not affect other processes.
/// </summary>
/// <param name="given">A bound socket; null to bind one here.</param>
/// <param name="limits">The limit for unsent bytes of a connection, as Kestrel's own listener uses it.</param>
/// <param name="unreadBytes">The limit for unread bytes of a connection; null for Kestrel's.</param>
/// <param name="logging">The log of connections.</param>
internal sealed class SocketListener(
    Socket? given,
    KestrelServerLimits limits,
    int? unreadBytes,
    ILoggerFactory logging)
    : IConnectionListenerFactory, IConnectionListener
{
    private const int Backlog = 512; // the same as Kestrel's

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _accepting = new(1, 1);
    private volatile SocketConnectionContextFactory? _connections;
    private Socket? _socket;
    private long _accepted;

    /// <summary>How many connections have been accepted so far.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    public EndPoint EndPoint => _socket!.LocalEndPoint!;

    /// <summary>The socket, to be passed to another process while it is open.</summary>
    public SafeSocketHandle Handle => _socket!.SafeHandle;

    /// <exception cref="AddressInUseException">Another process listens there.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            _socket = given ?? SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            // For a listening socket this only sets the length of its queue.
            _socket.Listen(Backlog);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }

        RenewMemory();
        return ValueTask.FromResult<IConnectionListener>(this);
    }

    /// <summary>
    /// Uses a new memory pool for new connections. A pool never releases memory, so the old pool is freed with its last
    /// connection. It is not disposed, since open connections use it.
    /// </summary>
    public void RenewMemory() => _connections = new SocketConnectionContextFactory(
        new SocketConnectionFactoryOptions
        {
            MaxReadBufferSize = unreadBytes ?? limits.MaxRequestBufferSize,
            MaxWriteBufferSize = limits.MaxResponseBufferSize,
        },
        logging.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets"));

    /// <returns>Null when the listener has stopped.</returns>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        await _accepting.WaitAsync(CancellationToken.None);
        try
        {
            return await AcceptOneAsync();
        }
        finally
        {
            _accepting.Release();
        }
    }

    /// <summary>
    /// Stops accepting connections. Those in the queue are left to other processes that share the socket, and open
    /// connections stay open.
    /// </summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _accepting.WaitAsync();
        _socket?.Dispose();
        _accepting.Release();
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default) => await StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _connections?.Dispose();
    }

    private async ValueTask<ConnectionContext?> AcceptOneAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket!.AcceptAsync(_stopping.Token);
                Interlocked.Increment(ref _accepted);
                socket.NoDelay = true;
                return _connections!.Create(socket);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (SocketException)
            {
                // The connection was reset while it waited in the queue.
            }
        }

        return null;
    }
}

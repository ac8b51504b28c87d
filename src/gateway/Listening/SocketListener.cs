using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>
/// Accepts on a socket that other processes may hold as well: the gateway that follows, or systemd. Kestrel's own listener closes its socket
/// while it accepts, and .NET then makes that an abortive close: it sets SO_LINGER to zero on the socket, which every process that shares it
/// inherits with each connection, and their answers are cut off by resets. This one stops to accept first and closes afterwards, which
/// nobody else notices.
/// </summary>
/// <param name="given">Bound already; null: it is bound here.</param>
/// <param name="limits">How much of a connection is kept that nobody has read or the client has not taken: its own listener would look there too.</param>
/// <param name="logging">For Kestrel's connections.</param>
internal sealed class SocketListener(Socket? given, KestrelServerLimits limits, ILoggerFactory logging) : IConnectionListenerFactory, IConnectionListener
{
    private const int Backlog = 512; // Kestrel's own

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _accepting = new(1, 1);
    private volatile SocketConnectionContextFactory? _connections;
    private Socket? _socket;

    public EndPoint EndPoint => _socket!.LocalEndPoint!;

    /// <summary>To be handed to another process, while it is open.</summary>
    public SafeSocketHandle Handle => _socket!.SafeHandle;

    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            _socket = given ?? SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            // For one that listens already, this sets no more than the length of its queue.
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
    /// New connections use new memory: pools keep for ever what they have once given, and the old one goes with the last connection that uses it.
    /// Not disposed, since that would take it from those.
    /// </summary>
    public void RenewMemory() => _connections = new SocketConnectionContextFactory(
        new SocketConnectionFactoryOptions { MaxReadBufferSize = limits.MaxRequestBufferSize, MaxWriteBufferSize = limits.MaxResponseBufferSize },
        logging.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets"));

    /// <returns>Null when it has stopped.</returns>
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

    /// <summary>Takes no connection any more; those that wait in the queue are for whoever shares the socket. What is open stays open.</summary>
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
                socket.NoDelay = true;
                return _connections!.Create(socket);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (SocketException)
            {
                // It was reset while it waited in the queue.
            }
        }

        return null;
    }
}

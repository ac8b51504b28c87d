using System.Net.Sockets;
using Esb.Host.Streams;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// A connection to a server that may answer and close before it has read the whole body, for example with 401 or 413.
/// .NET sends the complete body before it reads the answer, and treats a send error as the failure of the request. This
/// class drops the rest of a body that cannot be sent, so that the answer, which has already arrived, can be read.
/// </summary>
internal sealed class ServerConnection : UnseekableStream
{
    // A server that has begun to answer and takes nothing for this long will not take any more.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly bool _isSecure;
    private volatile bool _hasSent;
    private volatile bool _hasAnswer;
    private bool _takesNothing;

    private ServerConnection(Socket socket, bool isSecure) =>
        (_socket, _stream, _isSecure) = (socket, new NetworkStream(socket, ownsSocket: true), isSecure);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    /// <summary>Opens a connection for the HTTP client of a route's servers.</summary>
    public static async ValueTask<Stream> OpenAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new ServerConnection(socket, context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // .NET reads after a request was sent, or before the next one, and sends meanwhile. Bytes sent from here on
        // belong to another request.
        (_hasSent, _hasAnswer) = (false, false);
        var count = await _stream.ReadAsync(buffer, cancellationToken);
        _hasAnswer = count > 0;
        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default)
    {
        // Never write a new request after one that was not sent completely.
        if (_takesNothing && !_hasSent)
            throw new IOException("the server takes nothing more on this connection");
        if (_takesNothing)
            return;
        try
        {
            await SendAsync(buffer, cancellationToken);
        }
        catch (IOException) when (_hasSent)
        {
            // When the first bytes of a request cannot be sent, the request fails, and another connection may be tried.
            _takesNothing = true;
        }

        _hasSent = true;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = _stream.WriteAsync(buffer, ending.Token);
        if (sending.IsCompleted)
        {
            await sending;
            return;
        }

        var task = sending.AsTask();
        while (await Task.WhenAny(task, Task.Delay(Timeout, CancellationToken.None)) != task)
        {
            // Bytes received over TLS may concern the connection itself.
            if (!_isSecure && _hasSent && (_hasAnswer || _socket.Available > 0))
                await ending.CancelAsync();
        }

        try
        {
            await task;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Tells the server that nothing follows.
            _socket.Shutdown(SocketShutdown.Send);
            throw new IOException("the server has begun to answer and takes nothing more");
        }
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Bodies;

/// <summary>One answer on its way to a client, sent in pieces: Kestrel copies what it is given, however slowly the client takes it.</summary>
internal sealed class AnswerInFlight : IDisposable
{
    private const int Piece = AnswersInFlight.Small;

    // tcp(7), TCP_INFO: where struct tcp_info of linux/tcp.h has tcpi_bytes_acked.
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int BytesAcked = 120;

    private readonly AnswersInFlight _all;
    private readonly HttpContext _context;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end;
    private readonly Socket? _socket;
    private volatile bool _isLetGo;
    private long _sent;
    private long _waitingSince;

    // Used by whoever looks: the wait that is watched, what had been taken at the last look and when the window began.
    private long _watched;
    private long _takenAtLook;
    private long _takenAtWindow;
    private long _windowAt;

    internal AnswerInFlight(AnswersInFlight all, HttpContext context, TimeProvider time)
    {
        (_all, _context, _time) = (all, context, time);
        _end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        IsShared = HttpProtocol.IsHttp2(context.Request.Protocol);
        _socket = IsShared ? null : context.Features.Get<IConnectionSocketFeature>()?.Socket;
    }

    /// <summary>Whether other answers use the same connection.</summary>
    public bool IsShared { get; }

    /// <summary>Bytes; kept by the set of all answers.</summary>
    internal long Held { get; set; }

    /// <summary>In how many looks in a row its client took little.</summary>
    internal int SlowLooks { get; private set; }

    /// <summary>Sends all of it, unless the client goes or is let go.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> body)
    {
        for (var at = 0; at < body.Length && await SendPieceAsync(body.Slice(at, Math.Min(Piece, body.Length - at))); at += Piece)
        {
        }
    }

    /// <summary>Sends what has come of an answer that goes on; false when nobody takes more.</summary>
    public async ValueTask<bool> SendAsync(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty)
            return await SendPieceAsync(default);
        if (!_all.TryHold(this, bytes.Length))
        {
            _context.Abort();
            return false;
        }

        foreach (var part in bytes)
        {
            if (!await SendPieceAsync(part))
                return false;
        }

        return _all.TryHold(this, 0);
    }

    public void Dispose()
    {
        _all.Remove(this);
        _end.Dispose();
    }

    /// <summary>Ends it: its client does not read.</summary>
    internal void LetGo()
    {
        _isLetGo = true;
        try
        {
            _ = _end.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>What the client has taken since the window began, and how long that is; null while nobody waits for it.</summary>
    internal (long Taken, TimeSpan Since)? Look(int slow)
    {
        var wait = Volatile.Read(ref _waitingSince);
        if (wait == 0)
        {
            SlowLooks = 0;
            return null;
        }

        var taken = Taken();
        SlowLooks = taken - _takenAtLook < slow ? SlowLooks + 1 : 0;
        _takenAtLook = taken;
        // A wait that ended means that it took more than a window asks for.
        if (wait != _watched)
        {
            _watched = wait;
            BeginWindow();
        }

        return (taken - _takenAtWindow, _time.GetElapsedTime(_windowAt));
    }

    /// <summary>Counts from the last look on.</summary>
    internal void BeginWindow() => (_windowAt, _takenAtWindow) = (_time.GetTimestamp(), _takenAtLook);

    // What Kestrel and the kernel hold is not taken yet: where the connection is this answer's alone, the client's own acknowledgements say more.
    private long Taken()
    {
        var sent = Volatile.Read(ref _sent);
        if (_socket is null)
            return sent;
        try
        {
            Span<byte> information = stackalloc byte[BytesAcked + sizeof(long)];
            return _socket.GetRawSocketOption(TcpLevel, TcpInfo, information) < information.Length ? sent : sent + BinaryPrimitives.ReadInt64LittleEndian(information[BytesAcked..]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return sent;
        }
    }

    private async ValueTask<bool> SendPieceAsync(ReadOnlyMemory<byte> piece)
    {
        var writer = _context.Response.BodyWriter;
        try
        {
            var write = piece.IsEmpty ? writer.FlushAsync(_end.Token) : writer.WriteAsync(piece, _end.Token);
            if (!write.IsCompleted)
                Volatile.Write(ref _waitingSince, _time.GetTimestamp());
            await write;
            Volatile.Write(ref _sent, _sent + piece.Length);
        }
        catch (OperationCanceledException) when (_isLetGo)
        {
            // Told to the client by the end of its connection.
        }
        finally
        {
            Volatile.Write(ref _waitingSince, 0);
        }

        if (_isLetGo)
            _context.Abort();
        return !_isLetGo && !_context.RequestAborted.IsCancellationRequested;
    }
}

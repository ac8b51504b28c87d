using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Bodies;

/// <summary>One answer that waits for its client, or goes on for longer; sent in pieces.</summary>
internal sealed class AnswerInFlight : IDisposable
{
    // tcp(7), TCP_INFO: where struct tcp_info of linux/tcp.h has tcpi_bytes_acked.
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int BytesAcked = 120;

    private readonly AnswersInFlight _all;
    private readonly HttpContext _context;
    private readonly Socket? _socket;
    private volatile bool _isLetGo;
    private long _sent;
    private long _waitingSince;

    // Used by whoever looks: the wait that is watched, what had been taken at the last look and when the window began.
    private long _watched;
    private long _takenAtLook;
    private long _takenAtWindow;
    private long _windowAt;

    internal AnswerInFlight(AnswersInFlight all, WaitingAnswers waiting, HttpContext context)
    {
        (_all, Waiting, _context) = (all, waiting, context);
        IsShared = HttpProtocol.IsHttp2(context.Request.Protocol);
        _socket = IsShared ? null : context.Features.Get<IConnectionSocketFeature>()?.Socket;
    }

    /// <summary>Whether other answers use the same connection.</summary>
    public bool IsShared { get; }

    /// <summary>Whether it ended for want of room before anything was sent, so that another answer can say so.</summary>
    public bool IsCrowdedOut { get; private set; }

    /// <summary>Where it is kept.</summary>
    internal WaitingAnswers Waiting { get; }

    /// <summary>Bytes; kept by the set of all answers.</summary>
    internal long Held { get; set; }

    /// <summary>In how many looks in a row its client took little.</summary>
    internal int SlowLooks { get; private set; }

    /// <summary>Whether its client has something to take.</summary>
    internal bool IsWaiting => WaitingSince != 0;

    /// <summary>The timestamp at which it began to wait for its client; 0 while it does not.</summary>
    internal long WaitingSince => Volatile.Read(ref _waitingSince);

    private int Piece => IsShared ? AnswersInFlight.SharedPiece : AnswersInFlight.Piece;

    /// <summary>Waits for a piece that is being sent, then sends what is left.</summary>
    public async Task FinishAsync(ValueTask<FlushResult> begun, int size, ReadOnlyMemory<byte> rest)
    {
        if (await WaitAsync(begun, size))
            await SendAsync(rest);
    }

    /// <summary>Sends what has come of an answer that goes on; false when nobody takes more.</summary>
    public async ValueTask<bool> SendAsync(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty)
            return await SendPieceAsync(default);
        if (!_all.TryHold(this, bytes.Length))
        {
            IsCrowdedOut = !_isLetGo && !_context.Response.HasStarted;
            if (!IsCrowdedOut)
                _context.Abort();
            return false;
        }

        foreach (var part in bytes)
        {
            if (!await SendAsync(part))
                return false;
        }

        return _all.TryHold(this, 0);
    }

    /// <summary>Makes it hold so much; false when there is no room.</summary>
    public bool TryHold(long cost) => _all.TryHold(this, cost);

    public void Dispose() => _all.Remove(this);

    /// <summary>Ends it: its client does not read.</summary>
    internal void LetGo()
    {
        _isLetGo = true;
        _context.Abort();
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

        return (taken - _takenAtWindow, _all.Time.GetElapsedTime(_windowAt));
    }

    /// <summary>Counts from the last look on.</summary>
    internal void BeginWindow() => (_windowAt, _takenAtWindow) = (_all.Time.GetTimestamp(), _takenAtLook);

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

    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> part)
    {
        for (var at = 0; at < part.Length; at += Piece)
        {
            if (!await SendPieceAsync(part.Slice(at, Math.Min(Piece, part.Length - at))))
                return false;
        }

        return true;
    }

    private ValueTask<bool> SendPieceAsync(ReadOnlyMemory<byte> piece)
    {
        var writer = _context.Response.BodyWriter;
        return WaitAsync(piece.IsEmpty ? writer.FlushAsync(_context.RequestAborted) : writer.WriteAsync(piece, _context.RequestAborted), piece.Length);
    }

    private async ValueTask<bool> WaitAsync(ValueTask<FlushResult> write, int size)
    {
        try
        {
            if (!write.IsCompleted)
                Volatile.Write(ref _waitingSince, _all.Time.GetTimestamp());
            await write;
            Volatile.Write(ref _sent, _sent + size);
        }
        catch (OperationCanceledException) when (_isLetGo)
        {
            // Told to the client by the end of its connection.
        }
        finally
        {
            Volatile.Write(ref _waitingSince, 0);
        }

        return !_isLetGo && !_context.RequestAborted.IsCancellationRequested;
    }
}

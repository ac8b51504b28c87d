using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Bodies;

/// <summary>An answer that waits for its client or is streamed. It is sent in pieces.</summary>
internal sealed class AnswerInFlight : IDisposable
{
    // tcp(7), TCP_INFO: the offset of tcpi_bytes_acked in struct tcp_info of linux/tcp.h.
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int BytesAcked = 120;

    private readonly AnswersInFlight _all;
    private readonly HttpContext _context;
    private readonly Socket? _socket;

    // The request's own, which the forwarder replaces in the context.
    private readonly IHttpRequestLifetimeFeature _connection;
    private readonly PipeWriter _writer;
    private volatile bool _isDisconnected;
    private long _sent;
    private long _waitingSince;

    // Used by the check only: the wait under observation, and how much the client had taken at the last check and when
    // the window began.
    private long _watched;
    private long _takenAtCheck;
    private long _takenAtWindow;
    private long _windowAt;

    internal AnswerInFlight(AnswersInFlight all, WaitingAnswers waiting, HttpContext context)
    {
        (_all, Waiting, _context) = (all, waiting, context);
        _connection = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        _writer = context.Response.BodyWriter;
        IsShared = HttpProtocol.IsHttp2(context.Request.Protocol);
        _socket = IsShared ? null : context.Features.Get<IConnectionSocketFeature>()?.Socket;
    }

    /// <summary>Whether other answers use the same connection.</summary>
    public bool IsShared { get; }

    /// <summary>
    /// Whether it was ended for lack of memory before anything was sent, so that another answer can report that.
    /// </summary>
    public bool LacksMemory { get; private set; }

    /// <summary>The set that contains it.</summary>
    internal WaitingAnswers Waiting { get; }

    /// <summary>The number of bytes that it holds; maintained by the set of all answers.</summary>
    internal long Held { get; set; }

    /// <summary>The number of successive checks in which its client took little.</summary>
    internal int SlowChecks { get; private set; }

    /// <summary>Whether it waits for its client.</summary>
    internal bool IsWaiting => WaitingSince != 0;

    /// <summary>The timestamp since which it has waited for its client; 0 while it does not wait.</summary>
    internal long WaitingSince => Volatile.Read(ref _waitingSince);

    private int Piece => IsShared ? AnswersInFlight.SharedPiece : AnswersInFlight.Piece;

    /// <summary>Waits for the piece that is being sent, then sends the rest.</summary>
    public async Task FinishAsync(ValueTask<FlushResult> begun, int size, ReadOnlyMemory<byte> rest)
    {
        if (await WaitAsync(begun, size))
            await SendHeldAsync(rest);
    }

    /// <summary>Sends the next bytes of a streamed answer; false when the client takes no more.</summary>
    public async ValueTask<bool> SendAsync(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty)
            return await SendPieceAsync(default);
        if (!_all.TryHold(this, bytes.Length))
        {
            LacksMemory = !_isDisconnected && !_context.Response.HasStarted;
            if (!LacksMemory)
                _context.Abort();
            return false;
        }

        foreach (var part in bytes)
        {
            if (!await SendHeldAsync(part))
                return false;
        }

        return _all.TryHold(this, 0);
    }

    /// <summary>Sends bytes whose memory it holds already; false when the client takes no more.</summary>
    public async ValueTask<bool> SendHeldAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at += Piece)
        {
            if (!await SendPieceAsync(bytes.Slice(at, Math.Min(Piece, bytes.Length - at))))
                return false;
        }

        return true;
    }

    /// <summary>Changes how much memory it holds; false when there is not enough memory.</summary>
    public bool TryHold(long cost) => _all.TryHold(this, cost);

    public void Dispose() => _all.Remove(this);

    /// <summary>Disconnects the client because it does not read.</summary>
    internal void Disconnect()
    {
        _isDisconnected = true;
        _connection.Abort();
    }

    /// <summary>
    /// How much the client has taken since the window began, and how long ago that was; null while the answer does not
    /// wait.
    /// </summary>
    internal (long Taken, TimeSpan Since)? Check(int slow)
    {
        var wait = Volatile.Read(ref _waitingSince);
        if (wait == 0)
        {
            SlowChecks = 0;
            return null;
        }

        var taken = Taken();
        SlowChecks = taken - _takenAtCheck < slow ? SlowChecks + 1 : 0;
        _takenAtCheck = taken;
        // The end of a wait means that the client took more than the minimum of a window.
        if (wait != _watched)
        {
            _watched = wait;
            BeginWindow();
        }

        return (taken - _takenAtWindow, _all.Time.GetElapsedTime(_windowAt));
    }

    /// <summary>Begins a new window at the last check.</summary>
    internal void BeginWindow() => (_windowAt, _takenAtWindow) = (_all.Time.GetTimestamp(), _takenAtCheck);

    // Bytes buffered by Kestrel and the kernel do not count as taken. When the connection has no other answer, the
    // client's acknowledgements are more precise.
    private long Taken()
    {
        var sent = Volatile.Read(ref _sent);
        if (_socket is null)
            return sent;
        try
        {
            Span<byte> information = stackalloc byte[BytesAcked + sizeof(long)];
            return _socket.GetRawSocketOption(TcpLevel, TcpInfo, information) < information.Length
                ? sent
                : sent + BinaryPrimitives.ReadInt64LittleEndian(information[BytesAcked..]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return sent;
        }
    }

    private ValueTask<bool> SendPieceAsync(ReadOnlyMemory<byte> piece)
    {
        var write = piece.IsEmpty
            ? _writer.FlushAsync(_context.RequestAborted)
            : _writer.WriteAsync(piece, _context.RequestAborted);
        return WaitAsync(write, piece.Length);
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
        catch (OperationCanceledException) when (_isDisconnected)
        {
            // The client notices the end of the connection.
        }
        finally
        {
            Volatile.Write(ref _waitingSince, 0);
        }

        return !_isDisconnected && !_context.RequestAborted.IsCancellationRequested;
    }
}

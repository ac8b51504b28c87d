using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Esb.Gateway.Tests.Serving;

/// <summary>
/// An HTTP/2 connection whose frames are written by tests (RFC 9113; RFC 7541 without compression): libraries send no
/// invalid ones, and always read.
/// </summary>
internal sealed class RawHttp2Connection : IAsyncDisposable
{
    private const int FrameHead = 9;
    private const int FrameContent = 16_384;
    private const int WindowSetting = 4;
    private const int EndStream = 1;
    private const int EndHeaders = 4;

    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _timeout = Waits.Begin();
    private readonly Dictionary<int, int> _statuses = [];
    private SslStream _tls = null!;
    private int _text;

    /// <summary>The type of a frame.</summary>
    public enum Kind : byte
    {
        Data = 0,
        Headers = 1,
        Reset = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        WindowUpdate = 8,
        Continuation = 9,
    }

    /// <param name="port">The port on this machine.</param>
    /// <param name="options">How to trust the certificate.</param>
    /// <param name="window">How many bytes of each answer the server may send before more are requested.</param>
    public static async Task<RawHttp2Connection> OpenAsync(
        int port,
        SslClientAuthenticationOptions options,
        int window = 65_535)
    {
        var connection = new RawHttp2Connection();
        await connection._client.ConnectAsync(IPAddress.Loopback, port);
        connection._tls = new SslStream(connection._client.GetStream());
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];
        await connection._tls.AuthenticateAsClientAsync(options, connection._timeout.Token);
        var setting = new byte[6];
        BinaryPrimitives.WriteInt16BigEndian(setting, WindowSetting);
        BinaryPrimitives.WriteInt32BigEndian(setting.AsSpan(2), window);
        await connection._tls.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), connection._timeout.Token);
        await connection.SendAsync(Kind.Settings, 0, 0, setting);
        return connection;
    }

    /// <summary>Sends a request; a body may follow when <paramref name="hasBody"/> is set.</summary>
    public Task RequestAsync(int stream, string method, bool hasBody, params (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] usual =
            [(":method", method), (":scheme", "https"), (":authority", "localhost"), (":path", "/")];
        var first = usual.Select(
            u => fields.FirstOrDefault(f => f.Name == u.Name) is { Value: not null } given ? given : u);
        var others = fields.Where(f => !usual.Any(u => u.Name == f.Name));
        return RequestAsync(stream, hasBody, [.. first.Concat(others).SelectMany(f => Field(f.Name, f.Value))]);
    }

    public Task SendDataAsync(int stream, int length, bool isEnd = false) =>
        SendAsync(Kind.Data, (byte)(isEnd ? EndStream : 0), stream, new byte[length]);

    /// <summary>Ends a request with trailers.</summary>
    public Task SendTrailersAsync(int stream, params (string Name, string Value)[] fields) =>
        RequestAsync(stream, hasBody: false, [.. fields.SelectMany(f => Field(f.Name, f.Value))]);

    /// <summary>Allows the server to send more of an answer.</summary>
    public Task TakeMoreAsync(int stream, int bytes)
    {
        var increment = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(increment, bytes);
        return SendAsync(Kind.WindowUpdate, 0, stream, increment);
    }

    /// <summary>Cancels a request (RFC 9113, 7: CANCEL).</summary>
    public Task ResetAsync(int stream) => SendAsync(Kind.Reset, 0, stream, [0, 0, 0, 8]);

    public Task PingAsync() => SendAsync(Kind.Ping, 0, 0, new byte[8]);

    /// <summary>The next frame; null at the end of the connection.</summary>
    public async Task<(Kind Kind, int Stream, byte[] Content)?> ReadAsync()
    {
        var head = new byte[FrameHead];
        try
        {
            if (await _tls.ReadAtLeastAsync(head, FrameHead, throwOnEndOfStream: false, _timeout.Token) < FrameHead)
                return null;
            var content = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >> 8];
            await _tls.ReadExactlyAsync(content, _timeout.Token);
            return ((Kind)head[3], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), content);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The next frame of a type; earlier frames are skipped.</summary>
    public async Task<(int Stream, byte[] Content)> ReadAsync(Kind kind)
    {
        while (await ReadAsync() is { } frame)
        {
            if (frame.Kind == kind)
                return (frame.Stream, frame.Content);
        }

        throw new InvalidOperationException($"the connection ended before a frame of the kind {kind}");
    }

    /// <summary>The status of the next answer; 0 when the connection ends before.</summary>
    public async Task<int> StatusAsync()
    {
        while (await ReadAsync() is { } frame)
        {
            if (frame.Kind == Kind.Headers)
                return StatusOf(frame.Content);
        }

        return 0;
    }

    /// <summary>
    /// The status of the answer on one stream; -1 when the stream was reset, 0 when the connection ends before.
    /// </summary>
    public async Task<int> StatusAsync(int stream)
    {
        while (!_statuses.ContainsKey(stream) && await ReadAsync() is { } frame && frame.Kind != Kind.GoAway)
        {
            if (frame.Kind == Kind.Headers)
                _statuses.TryAdd(frame.Stream, StatusOf(frame.Content));
            else if (frame.Kind == Kind.Reset)
                _statuses.TryAdd(frame.Stream, -1);
        }

        return _statuses.GetValueOrDefault(stream);
    }

    public async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        _client.Dispose();
        _timeout.Dispose();
    }

    // An indexed field of the static table (RFC 7541, appendix A), its name and a text, or an entry of the dynamic
    // table.
    private int StatusOf(byte[] block) => block[0] switch
    {
        0x80 | 8 => 200,
        0x80 | 12 => 400,
        0x80 | 13 => 404,
        0x80 | 14 => 500,
        8 or 0x48 => _text = int.Parse(
            Encoding.Latin1.GetString(block, 2, block[1]), System.Globalization.CultureInfo.InvariantCulture),
        > 189 => _text, // behind the static table
        _ => throw new InvalidOperationException($"the answer begins with {block[0]:X2}"),
    };

    private static byte[] Field(string name, string value) => [0, .. Text(name), .. Text(value)];

    private static byte[] Text(string text) => [.. Length(text.Length), .. Encoding.Latin1.GetBytes(text)];

    // RFC 7541, 5.1, with a prefix of seven bits.
    private static byte[] Length(int length)
    {
        if (length < 127)
            return [(byte)length];
        List<byte> bytes = [127];
        for (length -= 127; length >= 128; length >>= 7)
            bytes.Add((byte)(128 | (length & 127)));
        return [.. bytes, (byte)length];
    }

    private async Task RequestAsync(int stream, bool hasBody, byte[] block)
    {
        var kind = Kind.Headers;
        var flags = hasBody ? 0 : EndStream;
        for (var rest = block.AsMemory(); ; (kind, flags) = (Kind.Continuation, 0))
        {
            var part = rest[..Math.Min(rest.Length, FrameContent)];
            rest = rest[part.Length..];
            await SendAsync(kind, (byte)(flags | (rest.IsEmpty ? EndHeaders : 0)), stream, part.ToArray());
            if (rest.IsEmpty)
                return;
        }
    }

    private async Task SendAsync(Kind kind, byte flags, int stream, byte[] content)
    {
        byte[] head =
        [
            0, (byte)(content.Length >> 8), (byte)content.Length, (byte)kind, flags, 0, 0, (byte)(stream >> 8),
            (byte)stream,
        ];
        await _tls.WriteAsync((byte[])[.. head, .. content], _timeout.Token);
    }
}

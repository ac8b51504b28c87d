using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Esb.Benchmarks.Load;

/// <summary>
/// A connection that sends one request after the other, with as little overhead as possible, because the server is
/// measured and not the client.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        ReceiveTimeout = 60_000,
    };
    private readonly byte[] _buffer = new byte[64 * 1024];

    private Range _content;

    public RawClient(int port) => _socket.Connect(IPAddress.Loopback, port);

    public static byte[] Request(string method, string path, string headers = "") =>
        Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    public int Get(string path) => Send(Request("GET", path));

    /// <summary>The body of the last answer.</summary>
    public string Content => Encoding.UTF8.GetString(_buffer.AsSpan(_content));

    /// <summary>Sends a request and reads the whole answer; returns its status.</summary>
    public int Send(ReadOnlySpan<byte> request)
    {
        _socket.Send(request);
        var received = 0;
        while (true)
        {
            var count = _socket.Receive(_buffer.AsSpan(received));
            if (count == 0)
                throw new IOException("the server closed the connection");
            received += count;
            var answer = _buffer.AsSpan(0, received);
            var head = answer.IndexOf("\r\n\r\n"u8);
            if (head < 0 || received < head + 4 + ContentLength(answer[..head]))
                continue;
            _content = (head + 4)..received;
            return int.Parse(answer.Slice(9, 3), CultureInfo.InvariantCulture);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("\r\nContent-Length: "u8);
        if (at < 0)
            at = head.IndexOf("\r\ncontent-length: "u8);
        if (at < 0)
            return 0;
        var value = head[(at + "\r\nContent-Length: ".Length)..];
        var end = value.IndexOf("\r\n"u8);
        return int.Parse(end < 0 ? value : value[..end], CultureInfo.InvariantCulture);
    }
}

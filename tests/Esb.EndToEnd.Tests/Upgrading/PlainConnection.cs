using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Esb.EndToEnd.Tests.Upgrading;

/// <summary>
/// HTTP/1.1 without retries: a request is sent once, and a missing answer is a failure. .NET's client repeats a request
/// if a kept connection was closed meanwhile, which would hide the failures that these tests look for.
/// </summary>
internal sealed class PlainConnection : IDisposable
{
    private static readonly TimeSpan Patience = Waits.Longest;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];

    private PlainConnection(Socket socket) => _socket = socket;

    /// <summary>Whether the last answer announced the end of the connection.</summary>
    public bool IsEnded { get; private set; }

    public static async Task<PlainConnection> OpenAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        return new PlainConnection(socket);
    }

    /// <exception cref="IOException">The connection was closed before there was a complete answer.</exception>
    public async Task<(int Status, string Body)> AskAsync(string request, string body = "")
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(
            Encoding.ASCII.GetBytes($"{request}\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}"),
            patience.Token);
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (read == 0)
                throw new IOException("closed without an answer");
            length += read;
            var text = Encoding.ASCII.GetString(_buffer, 0, length);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var head and >= 0
                && text.Length - head - 4 >= BodyLength(text[..head]))
            {
                IsEnded = text[..head].Contains("\r\nConnection: close", StringComparison.OrdinalIgnoreCase);
                return (int.Parse(text.AsSpan(9, 3), null), text[(head + 4)..]);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static int BodyLength(string head)
    {
        const string Name = "\r\nContent-Length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        var end = at < 0 ? -1 : head.IndexOf('\r', at + 2);
        return at < 0
            ? 0
            : int.Parse(head.AsSpan(at + Name.Length, (end < 0 ? head.Length : end) - at - Name.Length), null);
    }
}

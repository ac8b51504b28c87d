using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Esb.EndToEnd.Tests.RawRequests;

/// <summary>One TCP connection to a port of this machine, which sends exactly what it is given.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = Waits.Longest;

    private readonly MemoryStream _read = new();
    private readonly NetworkStream _stream;

    private RawConnection(Socket socket) => _stream = new NetworkStream(socket, ownsSocket: true);

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawConnection(socket);
    }

    /// <summary>
    /// Sends bytes; false if the other side closed the connection before it had received all of them.
    /// </summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await _stream.WriteAsync(bytes, patience.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public Task SendAsync(string text) => TrySendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Closes this side of the connection.</summary>
    public void EndSending()
    {
        try
        {
            _stream.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side has closed the connection already.
        }
    }

    /// <summary>Reads until this many answers have arrived, or the other side closes the connection.</summary>
    public Task ReadAnswersAsync(int count, bool withoutBodies) =>
        ReadWhileAsync(() => Statuses(_read.ToArray(), withoutBodies) is "closed" || Count(withoutBodies) < count);

    /// <summary>
    /// Reads until the other side closes the connection; returns everything that was received, including what was read
    /// before.
    /// </summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        await ReadWhileAsync(() => true);
        return _read.ToArray();
    }

    private int Count(bool withoutBodies) => Statuses(_read.ToArray(), withoutBodies).Split(' ').Length;

    private async Task ReadWhileAsync(Func<bool> more)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[65_536];
        try
        {
            while (more())
            {
                var length = await _stream.ReadAsync(buffer, patience.Token);
                if (length == 0)
                    return;
                _read.Write(buffer.AsSpan(0, length));
            }
        }
        catch (IOException)
        {
            // It closed the connection without reading all bytes; what it sent before that counts.
        }
    }

    /// <summary>The statuses of consecutive answers; <c>closed</c> if there are none.</summary>
    public static string Statuses(byte[] answers, bool withoutBodies)
    {
        List<string> statuses = [];
        var rest = answers.AsSpan();
        while (rest.IndexOf("\r\n\r\n"u8) is var end and >= 0)
        {
            var head = Encoding.Latin1.GetString(rest[..end]);
            statuses.Add(head.Split(' ')[1]);
            var length = Array.Find(
                head.Split("\r\n"), l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            var body = withoutBodies || length is null ? 0 : int.Parse(
                length.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            rest = rest[Math.Min(end + 4 + body, rest.Length)..];
        }

        return statuses.Count == 0 ? "closed" : string.Join(' ', statuses);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _read.Dispose();
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Esb.Objects.Tests.Serving;

/// <summary>Hand-written HTTP that no SDK would send.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = Waits.Longest;

    /// <summary>Sends a head and a body and returns the whole answer; the server closes the connection.</summary>
    /// <param name="port">The store's port.</param>
    /// <param name="head">Request line and headers, without Host and the empty line.</param>
    /// <param name="body">The bytes of the body as sent.</param>
    public static async Task<string> SendAsync(int port, string head, byte[] body)
    {
        using var connection = await OpenAsync(port, head, body);
        using var reader = new StreamReader(connection.GetStream(), Encoding.Latin1);
        using var patience = new CancellationTokenSource(Patience);
        return await reader.ReadToEndAsync(patience.Token);
    }

    /// <summary>Sends a head and a part of the body, and keeps the connection open.</summary>
    public static async Task<TcpClient> OpenAsync(int port, string head, byte[] body)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        // Line ends are those of the test's source; a byte 0x85, which .NET takes for one as well, belongs to a value.
        var lines = string.Join("\r\n", head.Split('\n').Select(line => line.TrimEnd('\r')));
        var text = $"{lines}\r\nHost: "
            + $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n\r\n";
        await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
        await connection.GetStream().WriteAsync(body);
        return connection;
    }
}

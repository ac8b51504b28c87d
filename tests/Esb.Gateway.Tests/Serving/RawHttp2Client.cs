using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Esb.Gateway.Tests.Serving;

/// <summary>Sends the very names and values of a request over HTTP/2 (RFC 9113; RFC 7541 without compression): libraries refuse to send wrong ones.</summary>
internal static class RawHttp2Client
{
    private const byte HeadersFrame = 1;
    private const byte SettingsFrame = 4;
    private const byte EndOfStreamAndHeaders = 5;
    private const int FrameHead = 9;

    /// <summary>The status of a GET; 0 when the connection ends without one.</summary>
    public static async Task<int> GetAsync(int port, SslClientAuthenticationOptions options, params (string Name, string Value)[] fields)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(client.GetStream());
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];
        using var patience = Waits.Begin();
        await tls.AuthenticateAsClientAsync(options, patience.Token);
        byte[] block = [.. Field(":method", "GET"), .. Field(":scheme", "https"), .. Field(":authority", "localhost"), .. Field(":path", "/"), .. fields.SelectMany(f => Field(f.Name, f.Value))];
        await tls.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Head(0, SettingsFrame, 0, 0), .. Head(block.Length, HeadersFrame, EndOfStreamAndHeaders, 1), .. block], patience.Token);
        return await StatusAsync(tls, patience.Token);
    }

    private static async Task<int> StatusAsync(SslStream tls, CancellationToken cancellation)
    {
        var head = new byte[FrameHead];
        while (await tls.ReadAtLeastAsync(head, FrameHead, throwOnEndOfStream: false, cancellation) == FrameHead)
        {
            var content = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >> 8];
            await tls.ReadExactlyAsync(content, cancellation);
            if (head[3] == HeadersFrame)
                return StatusOf(content[0]);
        }

        return 0;
    }

    // An indexed field of the static table (RFC 7541, appendix A).
    private static int StatusOf(byte first) => first switch
    {
        0x80 | 8 => 200,
        0x80 | 12 => 400,
        _ => throw new InvalidOperationException($"the answer begins with {first:X2}"),
    };

    private static byte[] Head(int length, byte type, byte flags, byte stream) => [0, (byte)(length >> 8), (byte)length, type, flags, 0, 0, 0, stream];

    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name), (byte)value.Length, .. Encoding.Latin1.GetBytes(value)];
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Esb.Gateway.Tests.Serving;

/// <summary>
/// Sends the exact bytes of a request and reads the exact bytes of the answer: HTTP libraries normalise both.
/// </summary>
internal static class RawClient
{
    /// <param name="port">The port on this machine.</param>
    /// <param name="request">
    /// Lines as written, each character one byte; <c>Connection: close</c> is inserted after the first line.
    /// </param>
    /// <param name="tls">How to trust the certificate; null for no TLS.</param>
    public static async Task<RawAnswer> SendAsync(int port, string request, SslClientAuthenticationOptions? tls = null)
    {
        var lines = request.ReplaceLineEndings("\r\n");
        var first = lines.IndexOf("\r\n", StringComparison.Ordinal) + 2;
        return RawAnswer.Parse(await ExchangeAsync(port, lines.Insert(first, "Connection: close\r\n"), tls));
    }

    /// <summary>Sends the text unchanged and reads until the server closes.</summary>
    public static async Task<byte[]> ExchangeAsync(int port, string text, SslClientAuthenticationOptions? tls = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = await OpenAsync(client, tls);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        using var answer = new MemoryStream();
        using var timeout = Waits.Begin();
        await stream.CopyToAsync(answer, timeout.Token);
        return answer.ToArray();
    }

    /// <summary>The same, but closes its side after the text, so that no header must announce the end.</summary>
    public static async Task<RawAnswer> SendLastAsync(int port, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        client.Client.Shutdown(SocketShutdown.Send);
        using var answer = new MemoryStream();
        using var timeout = Waits.Begin();
        await stream.CopyToAsync(answer, timeout.Token);
        return RawAnswer.Parse(answer.ToArray());
    }

    private static async Task<Stream> OpenAsync(TcpClient client, SslClientAuthenticationOptions? tls)
    {
        if (tls is null)
            return client.GetStream();
        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsClientAsync(tls);
        return secure;
    }
}

/// <summary>An answer as received.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyList<string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>All values of one header, in order, with the name as sent.</summary>
    public string Lines(string name) =>
        string.Join('\n', Headers.Where(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)));

    public static RawAnswer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var head = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        return new RawAnswer(
            int.Parse(head[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            head[1..],
            bytes[(end + 4)..]);
    }
}

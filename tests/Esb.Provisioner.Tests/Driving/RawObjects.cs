using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Driving;

/// <summary>Requests for single objects that no SDK has changed: their keys are sent as they are.</summary>
internal static class RawObjects
{
    private const string Region = "us-east-1";
    private const string Terminator = "aws4_request";

    public static Task<(HttpStatusCode Status, string Body)> PutAsync(
        Uri store, string bucket, string key, string body) => SendAsync(store, "PUT", bucket, key, body);

    public static Task<(HttpStatusCode Status, string Body)> GetAsync(Uri store, string bucket, string key) =>
        SendAsync(store, "GET", bucket, key, "");

    // The connection is closed by the server, so that the answer ends with it.
    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        Uri store, string method, string bucket, string key, string body)
    {
        var now = DateTime.UtcNow;
        var day = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = $"/{bucket}/{Encoded(key)}";
        var payload = Hash(body);
        const string Signed = "host;x-amz-content-sha256;x-amz-date";
        var canonical = $"{method}\n{path}\n\nhost:{store.Authority}\nx-amz-content-sha256:{payload}\n"
            + $"x-amz-date:{time}\n\n{Signed}\n{payload}";
        var scope = $"{day}/{Region}/s3/{Terminator}";
        var signature = SigningKey.Sign(
            LocalStores.Key,
            $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hash(canonical)}",
            day,
            Region,
            "s3",
            Terminator);
        var request = $"{method} {path} HTTP/1.1\r\nHost: {store.Authority}\r\nConnection: close\r\n"
            + $"x-amz-date: {time}\r\nx-amz-content-sha256: {payload}\r\n"
            + $"Authorization: AWS4-HMAC-SHA256 Credential={LocalStores.Key}/{scope}, SignedHeaders={Signed}, "
            + $"Signature={signature}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        using var client = new TcpClient();
        await client.ConnectAsync(store.Host, store.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        return (
            (HttpStatusCode)int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture),
            answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    private static string Encoded(string key) => string.Join('/', key.Split('/').Select(Uri.EscapeDataString));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

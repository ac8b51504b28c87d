using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace Esb.Stores.Protocols;

/// <summary>
/// Sends a JSON document as DynamoDB does: with a checksum of its bytes, and compressed if the client supports that.
/// </summary>
internal static class JsonAnswer
{
    private const int WorthCompressing = 1024;
    private const int IdLength = 52;
    private const string Json10 = "application/x-amz-json-1.0";

    /// <summary>Adds the header that identifies a request to its answer, and returns the id.</summary>
    public static string Identify(HttpResponse response)
    {
        var requestId = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", IdLength);
        response.Headers["x-amzn-RequestId"] = requestId;
        return requestId;
    }

    public static async Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = RequestType(http.Request) == Json10 ? Json10 : "application/json";
        var sent = body;
        if (body.Length >= WorthCompressing && AcceptsGzip(http.Request))
        {
            sent = Compress(body);
            response.Headers.ContentEncoding = "gzip";
        }

        // SDKs compare the checksum with the bytes that they receive, before they decompress them.
        response.Headers["x-amz-crc32"] = Crc32.HashToUInt32(sent.Span).ToString(CultureInfo.InvariantCulture);
        response.ContentLength = sent.Length;
        await response.Body.WriteAsync(sent, http.RequestAborted);
    }

    /// <summary>Sends the document of an error; if an answer has begun already, its connection ends.</summary>
    public static async Task SendErrorAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        if (http.Response.HasStarted)
            http.Abort();
        else
            await SendAsync(http, status, body);
    }

    /// <summary>Sends a text that is not an answer of the API, but also has a checksum.</summary>
    public static async Task SendTextAsync(HttpContext http, int status, byte[] text)
    {
        http.Response.StatusCode = status;
        http.Response.Headers["x-amz-crc32"] = Crc32.HashToUInt32(text).ToString(CultureInfo.InvariantCulture);
        http.Response.ContentLength = text.Length;
        await http.Response.Body.WriteAsync(text, http.RequestAborted);
    }

    /// <summary>The media type of a request's body, without parameters.</summary>
    public static string RequestType(HttpRequest request) =>
        (request.ContentType ?? "").Split(';')[0].Trim();

    private static bool AcceptsGzip(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString().Split(',').Any(
            coding => coding.Trim().Equals("gzip", StringComparison.OrdinalIgnoreCase));

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> body)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body.Span);
        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }
}

using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;

namespace Esb.Stores.Server;

/// <summary>Sends a document of JSON as DynamoDB does: with a checksum of its bytes, and compressed if the client can.</summary>
internal static class JsonAnswer
{
    private const int WorthCompressing = 1024;
    private const string Json10 = "application/x-amz-json-1.0";

    public static async Task SendAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = RequestType(http.Request) == "application/json" ? "application/json" : Json10;
        var sent = body;
        if (body.Length >= WorthCompressing && AcceptsGzip(http.Request))
        {
            sent = Compress(body);
            response.Headers.ContentEncoding = "gzip";
        }

        // SDKs compare it with the bytes that they received, before these are decompressed.
        response.Headers["x-amz-crc32"] = Crc32.HashToUInt32(sent.Span).ToString(CultureInfo.InvariantCulture);
        response.ContentLength = sent.Length;
        await response.Body.WriteAsync(sent, http.RequestAborted);
    }

    /// <summary>The type of a request's body, without parameters.</summary>
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

using Esb.ObjectStore.Errors;
using Esb.Schema.Http;

namespace Esb.ObjectStore.Server;

/// <summary>Refuses a request whose end is ambiguous, and closes its connection.</summary>
internal static class RequestFraming
{
    // Kestrel moves the Content-Length of a request that also has Transfer-Encoding to this name.
    private const string Moved = "X-Content-Length";

    /// <exception cref="S3Exception">InvalidRequest.</exception>
    public static void Check(HttpContext http)
    {
        var request = http.Request;
        var hasLength = request.ContentLength is not null || request.Headers.ContainsKey(Moved);
        if (!TransferCodings.AreAmbiguous(
            request.Headers.TransferEncoding, hasLength, HttpProtocol.IsHttp10(request.Protocol)))
            return;
        http.Response.Headers.Connection = "close";
        throw new S3Exception(
            StatusCodes.Status400BadRequest,
            "InvalidRequest",
            "Transfer-Encoding may be 'chunked' alone, without a Content-Length.");
    }
}

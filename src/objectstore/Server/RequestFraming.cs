using Esb.ObjectStore.Errors;
using Esb.Schema.Http;

namespace Esb.ObjectStore.Server;

/// <summary>Refuses a request whose end is ambiguous, and closes its connection.</summary>
internal static class RequestFraming
{
    /// <exception cref="S3Exception">InvalidRequest.</exception>
    public static void Check(HttpContext http)
    {
        var request = http.Request;
        var hasLength = request.ContentLength is not null || request.Headers.ContainsKey(TransferCodings.MovedLength);
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

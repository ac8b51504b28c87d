using Esb.Schema.Http;
using Esb.Stores.Errors;

namespace Esb.Stores.Server;

/// <summary>Refuses a request whose end is ambiguous, and closes its connection.</summary>
internal static class RequestFraming
{
    /// <exception cref="RequestException">The request has two lengths, or an unknown transfer coding.</exception>
    public static void Check(HttpContext http)
    {
        var request = http.Request;
        var hasLength = request.ContentLength is not null || request.Headers.ContainsKey(TransferCodings.MovedLength);
        if (!TransferCodings.AreAmbiguous(
            request.Headers.TransferEncoding, hasLength, HttpProtocol.IsHttp10(request.Protocol)))
            return;
        http.Response.Headers.Connection = "close";
        throw new RequestException(
            "SerializationException", "Transfer-Encoding may be 'chunked' alone, without a Content-Length.");
    }
}

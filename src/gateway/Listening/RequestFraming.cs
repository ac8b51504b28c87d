using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Refuses requests with ambiguous framing, which a proxy might split in another way. A message with Transfer-Encoding
/// is refused and its connection closed when it also has a Content-Length, is HTTP/1.0, or has anything other than a
/// single <c>chunked</c> (RFC 9112, 6.1 and 6.3). Kestrel would accept these and remove the length.
/// </summary>
internal static class RequestFraming
{
    public static bool IsAmbiguous(HttpRequest request)
    {
        var hasLength = request.ContentLength is not null || request.Headers.ContainsKey(TransferCodings.MovedLength);
        return TransferCodings.AreAmbiguous(
            request.Headers.TransferEncoding, hasLength, HttpProtocol.IsHttp10(request.Protocol));
    }

    /// <summary>Wraps the handler of a port without other checks of requests.</summary>
    public static RequestDelegate Around(RequestDelegate handler) =>
        context => IsAmbiguous(context.Request) ? RefuseAsync(context) : handler(context);

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        return JsonReply.WriteAsync(
            context, StatusCodes.Status400BadRequest, """{"message":"Bad Request"}"""u8.ToArray());
    }
}

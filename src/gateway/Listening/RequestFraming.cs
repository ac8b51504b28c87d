using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Where one request ends and the next begins must be beyond doubt, or somebody in front of us may see others than we do. A message with
/// Transfer-Encoding is refused and its connection closed when it has a Content-Length as well, is of HTTP/1.0, or names anything but
/// <c>chunked</c> once (RFC 9112, 6.1 and 6.3); Kestrel would take these, and move the length away.
/// </summary>
internal static class RequestFraming
{
    public static bool IsAmbiguous(HttpRequest request)
    {
        var hasLength = request.ContentLength is not null || request.Headers.ContainsKey(TransferCodings.MovedLength);
        return TransferCodings.AreAmbiguous(request.Headers.TransferEncoding, hasLength, HttpProtocol.IsHttp10(request.Protocol));
    }

    /// <summary>The handler of a port whose requests are not looked at otherwise.</summary>
    public static RequestDelegate Around(RequestDelegate handler) =>
        context => IsAmbiguous(context.Request) ? RefuseAsync(context) : handler(context);

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        return JsonReply.WriteAsync(context, StatusCodes.Status400BadRequest, """{"message":"Bad Request"}"""u8.ToArray());
    }
}

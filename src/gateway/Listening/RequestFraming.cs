using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Where one request ends and the next begins must be beyond doubt, or somebody in front of us may see others than we do. A message with
/// Transfer-Encoding is refused and its connection closed when it has a Content-Length as well, is of HTTP/1.0, or names anything but
/// <c>chunked</c> once (RFC 9112, 6.1 and 6.3); Kestrel would take these, and move the length away.
/// </summary>
internal static class RequestFraming
{
    // The name to which Kestrel moves the length.
    private const string Moved = "X-Content-Length";

    public static bool IsAmbiguous(HttpRequest request)
    {
        var codings = request.Headers.TransferEncoding;
        if (codings.Count == 0)
            return false;
        return codings.Count > 1
            || !"chunked".Equals(codings[0], StringComparison.OrdinalIgnoreCase)
            || request.ContentLength is not null
            || request.Headers.ContainsKey(Moved)
            || HttpProtocol.IsHttp10(request.Protocol);
    }

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        return JsonReply.WriteAsync(context, StatusCodes.Status400BadRequest, """{"message":"Bad Request"}"""u8.ToArray());
    }
}

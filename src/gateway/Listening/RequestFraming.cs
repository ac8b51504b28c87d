using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Where one request ends and the next begins must be beyond doubt, or somebody in front of us may see others than we do. A message with both
/// Transfer-Encoding and Content-Length is refused and its connection closed (RFC 9112, 6.3); Kestrel would take it and move the length away.
/// </summary>
internal static class RequestFraming
{
    // The name to which Kestrel moves the length.
    private const string Moved = "X-Content-Length";

    public static bool IsAmbiguous(HttpRequest request) =>
        request.Headers.TransferEncoding.Count > 0 && (request.ContentLength is not null || request.Headers.ContainsKey(Moved));

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        return JsonReply.WriteAsync(context, StatusCodes.Status400BadRequest, """{"message":"Bad Request"}"""u8.ToArray());
    }
}

using System.Buffers;
using Esb.Gateway.Events;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Listening;

/// <summary>
/// What Kestrel refuses in one form of a request and takes in another is refused in both, on every port: names of fields over HTTP/2 that are
/// no names (RFC 9113, 8.2.1), and an encoded NUL in the path of a target in absolute form.
/// </summary>
internal static class MalformedRequest
{
    private const string EncodedNul = "%00";

    public static RequestDelegate Around(RequestDelegate handler) => context =>
    {
        var isHttp2 = HttpProtocol.IsHttp2(context.Request.Protocol);
        if (!(isHttp2 ? HasWrongName(context.Request.Headers) : HasNul(context)))
            return handler(context);
        context.Response.Headers.Connection = isHttp2 ? default : "close";
        return JsonReply.WriteAsync(context, StatusCodes.Status400BadRequest, """{"message":"Bad Request"}"""u8.ToArray());
    };

    // Copied into an array that is used again, since enumerating the headers would allocate.
    private static bool HasWrongName(IHeaderDictionary headers)
    {
        var count = headers.Count;
        var fields = ArrayPool<KeyValuePair<string, StringValues>>.Shared.Rent(count);
        headers.CopyTo(fields, 0);
        var isWrong = false;
        foreach (var (name, _) in fields.AsSpan(0, count))
            isWrong |= !HeaderSyntax.IsToken(name);
        ArrayPool<KeyValuePair<string, StringValues>>.Shared.Return(fields, clearArray: true);
        return isWrong;
    }

    private static bool HasNul(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is not ['/', ..]
        && RequestTarget.Of(context).Path.Contains(EncodedNul, StringComparison.Ordinal);
}

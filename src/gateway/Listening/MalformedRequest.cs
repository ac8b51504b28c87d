using System.Buffers;
using Esb.Gateway.Events;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Listening;

/// <summary>
/// What Kestrel refuses in one form of a request and takes in another is refused in both, on every port: names of fields over HTTP/2 that are
/// no names (RFC 9113, 8.2.1), fields over HTTP/2 that are for a connection of HTTP/1.1 (8.2.2), spaces and whatever is not ASCII in a target
/// over HTTP/2, an encoded NUL in the path of a target in absolute form. A fragment in a target is refused as well.
/// </summary>
internal static class MalformedRequest
{
    private const string EncodedNul = "%00";
    private const char Fragment = '#';

    // Kestrel refuses the first, and takes the others.
    private static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Proxy-Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade" };

    public static RequestDelegate Around(RequestDelegate handler) => context =>
    {
        // No port makes tunnels, and over HTTP/2 none makes sockets of the web of them (RFC 8441), which Kestrel offers to clients.
        if (HttpMethods.IsConnect(context.Request.Method))
            return JsonReply.WriteAsync(context, StatusCodes.Status501NotImplemented, """{"message":"Not Implemented"}"""u8.ToArray());
        var isHttp2 = HttpProtocol.IsHttp2(context.Request.Protocol);
        if (!(isHttp2 ? HasWrongTarget(context) || HasWrongField(context.Request.Headers) : HasNul(context) || HasFragment(context)))
            return handler(context);
        context.Response.Headers.Connection = isHttp2 ? default : "close";
        return JsonReply.WriteAsync(context, StatusCodes.Status400BadRequest, """{"message":"Bad Request"}"""u8.ToArray());
    };

    private static bool HasWrongTarget(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is var target
        && (target.AsSpan().ContainsAnyExceptInRange('!', '~') || target.Contains(Fragment, StringComparison.Ordinal));

    // Copied into an array that is used again, since enumerating the headers would allocate.
    private static bool HasWrongField(IHeaderDictionary headers)
    {
        var count = headers.Count;
        var fields = ArrayPool<KeyValuePair<string, StringValues>>.Shared.Rent(count);
        headers.CopyTo(fields, 0);
        var isWrong = false;
        foreach (var (name, value) in fields.AsSpan(0, count))
            isWrong |= !HeaderSyntax.IsToken(name) || OfOneConnection.Contains(name) || (IsTe(name) && !IsTrailers(value));
        ArrayPool<KeyValuePair<string, StringValues>>.Shared.Return(fields, clearArray: true);
        return isWrong;
    }

    private static bool IsTe(string name) => name.Equals("TE", StringComparison.OrdinalIgnoreCase);

    private static bool IsTrailers(StringValues value) => value.Count == 1 && "trailers".Equals(value[0], StringComparison.OrdinalIgnoreCase);

    // It is for the client alone (RFC 9112, 3.2), and servers do not agree on what it is in a target.
    private static bool HasFragment(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Contains(Fragment, StringComparison.Ordinal);

    private static bool HasNul(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is not ['/', ..]
        && RequestTarget.Of(context).Path.Contains(EncodedNul, StringComparison.Ordinal);
}

using System.Buffers;
using Esb.Gateway.Events;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Listening;

/// <summary>
/// Refuses malformed requests on every port and in every HTTP version. Kestrel makes some of these checks in one
/// version only, and others not at all. Checked are invalid field names (RFC 9110, 5.1), control characters in values
/// (5.5) and targets, connection-specific fields over HTTP/2 (RFC 9113, 8.2.2), an encoded NUL in the path of an
/// absolute-form target, and fragments.
/// </summary>
internal static class MalformedRequest
{
    private const string EncodedNul = "%00";
    private const char Fragment = '#';

    // Kestrel refuses the first of these fields and accepts the others.
    private static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Proxy-Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade",
    };

    public static RequestDelegate Around(RequestDelegate handler) => context =>
    {
        // No port supports tunnels or WebSockets over HTTP/2 (RFC 8441), although Kestrel announces the latter to
        // clients.
        if (HttpMethods.IsConnect(context.Request.Method))
            return JsonReply.WriteAsync(
                context, StatusCodes.Status501NotImplemented, """{"message":"Not Implemented"}"""u8.ToArray());
        var isHttp2 = HttpProtocol.IsHttp2(context.Request.Protocol);
        if (!HasWrongTarget(context)
            && !HasWrongField(context.Request.Headers, isHttp2)
            && (isHttp2 || !HasNul(context)))
            return handler(context);
        context.Response.Headers.Connection = isHttp2 ? default : "close";
        return JsonReply.WriteAsync(
            context, StatusCodes.Status400BadRequest, """{"message":"Bad Request"}"""u8.ToArray());
    };

    // A URI must not contain spaces, control characters or non-ASCII characters. A fragment is for the client only (RFC
    // 9112, 3.2), and servers disagree about its meaning in a target.
    private static bool HasWrongTarget(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is var target
        && (target.AsSpan().ContainsAnyExceptInRange('!', '~') || target.Contains(Fragment, StringComparison.Ordinal));

    // The headers are copied into a reused array, since enumerating them would allocate memory.
    private static bool HasWrongField(IHeaderDictionary headers, bool isHttp2)
    {
        var count = headers.Count;
        var fields = ArrayPool<KeyValuePair<string, StringValues>>.Shared.Rent(count);
        headers.CopyTo(fields, 0);
        var isWrong = false;
        foreach (var (name, values) in fields.AsSpan(0, count))
            isWrong |= !HeaderSyntax.IsToken(name) || !AreValues(values) || (isHttp2 && IsForHttp1(name, values));
        ArrayPool<KeyValuePair<string, StringValues>>.Shared.Return(fields, clearArray: true);
        return isWrong;
    }

    // Some servers strip control characters from the ends of a value, and an authorizer does not. The authorizer would
    // then check a different value from the one that the servers use.
    private static bool AreValues(StringValues values)
    {
        foreach (var value in values)
        {
            if (!HeaderSyntax.IsValue(value))
                return false;
        }

        return true;
    }

    private static bool IsForHttp1(string name, StringValues values) =>
        OfOneConnection.Contains(name) || (IsTe(name) && !IsTrailers(values));

    private static bool IsTe(string name) => name.Equals("TE", StringComparison.OrdinalIgnoreCase);

    private static bool IsTrailers(StringValues value) =>
        value.Count == 1 && "trailers".Equals(value[0], StringComparison.OrdinalIgnoreCase);

    private static bool HasNul(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is not ['/', ..]
        && RequestTarget.Of(context).Path.Contains(EncodedNul, StringComparison.Ordinal);
}

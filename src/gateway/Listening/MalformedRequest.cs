using System.Buffers;
using Esb.Gateway.Events;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Listening;

/// <summary>
/// What is malformed is refused on every port, in whichever form a request comes. Kestrel looks for some of it in one form and not in the
/// other, and for some not at all: names of fields that are no names (RFC 9110, 5.1), control characters in values (5.5) and in targets, fields
/// over HTTP/2 that are for a connection of HTTP/1.1 (RFC 9113, 8.2.2), an encoded NUL in the path of a target in absolute form, fragments.
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
        if (!HasWrongTarget(context) && !HasWrongField(context.Request.Headers, isHttp2) && (isHttp2 || !HasNul(context)))
            return handler(context);
        context.Response.Headers.Connection = isHttp2 ? default : "close";
        return JsonReply.WriteAsync(context, StatusCodes.Status400BadRequest, """{"message":"Bad Request"}"""u8.ToArray());
    };

    // Spaces, control characters and what is not ASCII are no part of a URI. A fragment is for the client alone (RFC 9112, 3.2), and servers do
    // not agree on what it is in a target.
    private static bool HasWrongTarget(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is var target
        && (target.AsSpan().ContainsAnyExceptInRange('!', '~') || target.Contains(Fragment, StringComparison.Ordinal));

    // Copied into an array that is used again, since enumerating the headers would allocate.
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

    // Some servers take control characters away from the ends of a value, and an authorizer does not: it would judge another value than they use.
    private static bool AreValues(StringValues values)
    {
        foreach (var value in values)
        {
            if (!HeaderSyntax.IsValue(value))
                return false;
        }

        return true;
    }

    private static bool IsForHttp1(string name, StringValues values) => OfOneConnection.Contains(name) || (IsTe(name) && !IsTrailers(values));

    private static bool IsTe(string name) => name.Equals("TE", StringComparison.OrdinalIgnoreCase);

    private static bool IsTrailers(StringValues value) => value.Count == 1 && "trailers".Equals(value[0], StringComparison.OrdinalIgnoreCase);

    private static bool HasNul(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget is not ['/', ..]
        && RequestTarget.Of(context).Path.Contains(EncodedNul, StringComparison.Ordinal);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Events;

/// <summary>
/// The path and query of a request as the client sent them: Kestrel decodes the path and loses what API Gateway keeps.
/// </summary>
internal readonly ref struct RequestTarget
{
    private RequestTarget(ReadOnlySpan<char> path, ReadOnlySpan<char> query)
    {
        Path = path;
        Query = query;
    }

    /// <summary>The path, percent-encoded, with its leading slash.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>The query, percent-encoded, without the question mark.</summary>
    public ReadOnlySpan<char> Query { get; }

    public static RequestTarget Of(HttpContext context) =>
        Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    /// <summary>
    /// Splits a target in origin form (<c>/path?query</c>) or absolute form (<c>http://host/path?query</c>, RFC 9112,
    /// 3.2.2).
    /// </summary>
    public static RequestTarget Parse(ReadOnlySpan<char> target)
    {
        if (target is not ['/', ..] && target.IndexOf("://") is var scheme and > 0)
        {
            var rest = target[(scheme + 3)..];
            var authority = rest.IndexOfAny('/', '?');
            target = authority < 0 ? "/" : rest[authority..];
        }

        var mark = target.IndexOf('?');
        var path = mark < 0 ? target : target[..mark];
        return new RequestTarget(path.IsEmpty ? "/" : path, mark < 0 ? [] : target[(mark + 1)..]);
    }
}

using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Requests;

/// <summary>
/// Converts the path of a request to its canonical form before anything uses it, so that the match, an authorizer's
/// policy and the function see the same path. A path without a canonical form is refused. Another spelling of a
/// platform path is refused too: a proxy that blocks a platform path has then blocked every spelling of it.
/// </summary>
internal static class PathNormalisation
{
    /// <summary>Whether the request is accepted; its target is rewritten where necessary.</summary>
    public static bool TryPass(HttpContext context)
    {
        if (context.Request.Method.AsSpan().ContainsAnyInRange('a', 'z'))
            return false;
        var target = RequestTarget.Of(context);
        if (CanonicalPath.IsPlain(target.Path))
            return true;
        if (CanonicalPath.Of(target.Path) is not { } canonical
            || canonical == PlatformPaths.Health
            || PlatformPaths.IsLambdaApi(canonical))
            return false;
        Rewrite(context, canonical, target.Query);
        return true;
    }

    /// <summary>
    /// Removes a trailing slash that the match ignores, so that neither the policy nor the function sees it.
    /// </summary>
    public static void DropSlash(HttpContext context)
    {
        var target = RequestTarget.Of(context);
        Rewrite(context, target.Path[..^1], target.Query);
    }

    /// <summary>Answers a request that <see cref="TryPass"/> refuses.</summary>
    public static Task RefuseAsync(HttpContext context) => JsonReply.WriteAsync(
        context,
        StatusCodes.Status400BadRequest,
        ("""{"message":"Bad Request: the path has dot segments or is another spelling of a platform path, """u8
            + """or the method is in lower case"}"""u8).ToArray());

    private static void Rewrite(HttpContext context, ReadOnlySpan<char> path, ReadOnlySpan<char> query) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget =
            query.IsEmpty ? path.ToString() : $"{path}?{query}";
}

using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Requests;

/// <summary>
/// Gives a request for a route its one spelling before anything looks at it: the match, the policy of an authorizer and the function then
/// mean the same path. What has no such spelling is refused, and so is another spelling of a path of the platform's own: whoever blocks that
/// one in front of the gateway has blocked it.
/// </summary>
internal static class PathDoor
{
    /// <summary>Whether the request goes on, with its target rewritten where that was needed.</summary>
    public static bool TryPass(HttpContext context)
    {
        if (context.Request.Method.AsSpan().ContainsAnyInRange('a', 'z'))
            return false;
        var target = RequestTarget.Of(context);
        if (CanonicalPath.IsPlain(target.Path))
            return true;
        if (CanonicalPath.Of(target.Path) is not { } canonical || canonical == PlatformPaths.Health || PlatformPaths.IsLambdaApi(canonical))
            return false;
        Rewrite(context, canonical, target.Query);
        return true;
    }

    /// <summary>Takes away the slash behind a path whose match does not count it, so that neither policy nor function sees it.</summary>
    public static void DropSlash(HttpContext context)
    {
        var target = RequestTarget.Of(context);
        Rewrite(context, target.Path[..^1], target.Query);
    }

    /// <summary>Answers what <see cref="TryPass"/> does not let through.</summary>
    public static Task RefuseAsync(HttpContext context) => JsonReply.WriteAsync(
        context,
        StatusCodes.Status400BadRequest,
        """{"message":"Bad Request: the path has dot segments or is another spelling of a path of the platform, or the method is in small letters"}"""u8.ToArray());

    private static void Rewrite(HttpContext context, ReadOnlySpan<char> path, ReadOnlySpan<char> query) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = query.IsEmpty ? path.ToString() : $"{path}?{query}";
}

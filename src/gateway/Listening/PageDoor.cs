using Esb.Origins;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>Stands before the ports of the platform itself, which trust whoever reaches them: what a foreign page may have sent goes no further.</summary>
internal sealed class PageDoor(AllowedHosts hosts)
{
    private readonly PageGuard _ownPages = new(hosts, hasPages: true);
    private readonly PageGuard _noPages = new(hosts, hasPages: false);

    /// <summary>
    /// The handler of a port that nobody reaches but programs of this machine and its own page: what a proxy hands on is refused as well.
    /// </summary>
    public RequestDelegate AroundNear(RequestDelegate handler) => context =>
        (Refusal(_ownPages, context.Request) ?? ProxyTrace.Refusal(context.Request)) is { } reason ? RefuseAsync(context, reason) : handler(context);

    /// <summary>The handler of a port that is asked from elsewhere too.</summary>
    public RequestDelegate Around(RequestDelegate handler) => context =>
        Refusal(context.Request) is { } reason ? RefuseAsync(context, reason) : handler(context);

    /// <summary>Why a request is refused; null when no page can have made it.</summary>
    public string? Refusal(HttpRequest request) => Refusal(_noPages, request);

    private static string? Refusal(PageGuard guard, HttpRequest request) =>
        guard.Refusal(request.Headers.Host.ToString(), request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());

    private static Task RefuseAsync(HttpContext context, string reason) =>
        JsonReply.WriteAsync(context, StatusCodes.Status403Forbidden, new Refused(reason), RefusedJson.Default.Refused);
}

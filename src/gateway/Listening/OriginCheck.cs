using Esb.Origins;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Guards the platform's own ports, which trust whoever reaches them: refuses requests that a foreign web page may have sent.
/// </summary>
internal sealed class OriginCheck(AllowedHosts hosts)
{
    private readonly PageGuard _ownPages = new(hosts, hasPages: true);
    private readonly PageGuard _noPages = new(hosts, hasPages: false);

    /// <summary>
    /// The handler of a port that only programs of this machine and its own page may reach: requests that come through a proxy
    /// are refused too.
    /// </summary>
    public RequestDelegate AroundNear(RequestDelegate handler) => context =>
        (Refusal(_ownPages, context.Request) ?? ProxyTrace.Refusal(context.Request)) is { } reason
            ? RefuseAsync(context, reason)
            : handler(context);

    /// <summary>The handler of a port that other machines may reach too.</summary>
    public RequestDelegate Around(RequestDelegate handler) => context =>
        Refusal(context.Request) is { } reason ? RefuseAsync(context, reason) : handler(context);

    /// <summary>Why a request is refused; null when no foreign page can have sent it.</summary>
    public string? Refusal(HttpRequest request) => Refusal(_noPages, request);

    private static string? Refusal(PageGuard guard, HttpRequest request) => guard.Refusal(
        request.Headers.Host.ToString(),
        request.Headers.Origin.ToString(),
        request.Headers["Sec-Fetch-Site"].ToString());

    private static Task RefuseAsync(HttpContext context, string reason) =>
        JsonReply.WriteAsync(context, StatusCodes.Status403Forbidden, new Refused(reason), RefusedJson.Default.Refused);
}

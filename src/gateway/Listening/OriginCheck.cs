using Esb.Origins;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Protects the platform's own ports, which trust everyone who can connect: refuses requests that a foreign web page
/// may have sent.
/// </summary>
internal sealed class OriginCheck(AllowedHosts hosts)
{
    private readonly PageGuard _ownPages = new(hosts, hasPages: true);
    private readonly PageGuard _noPages = new(hosts, hasPages: false);

    /// <summary>
    /// Wraps the handler of a port that only local programs and its own page may use: requests through a proxy are
    /// refused too.
    /// </summary>
    public RequestDelegate AroundNear(RequestDelegate handler) => context =>
        (Refusal(_ownPages, context.Request) ?? ProxyTrace.Refusal(context.Request)) is { } reason
            ? RefuseAsync(context, reason)
            : handler(context);

    /// <summary>Wraps the handler of a port that other machines may use too.</summary>
    public RequestDelegate Around(RequestDelegate handler) => context =>
        Refusal(context.Request) is { } reason ? RefuseAsync(context, reason) : handler(context);

    /// <summary>The reason for a refusal; null when the request cannot come from a foreign page.</summary>
    public string? Refusal(HttpRequest request) => Refusal(_noPages, request);

    private static string? Refusal(PageGuard guard, HttpRequest request) => guard.Refusal(
        request.Headers.Host.ToString(),
        request.Headers.Origin.ToString(),
        request.Headers["Sec-Fetch-Site"].ToString());

    private static Task RefuseAsync(HttpContext context, string reason) =>
        JsonReply.WriteAsync(context, StatusCodes.Status403Forbidden, new Refused(reason), RefusedJson.Default.Refused);
}

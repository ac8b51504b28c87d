using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Closes connections without failing a request: a connection is closed only after an answer that announces it, so
/// never while the client may be sending the next request. Sources: RFC 9112, 9.6 (<c>Connection: close</c>); RFC 9113,
/// 6.8 (GOAWAY).
/// </summary>
internal static class ClosingConnections
{
    public static RequestDelegate Around(RequestDelegate handler, Readiness readiness) => context =>
    {
        if (readiness.IsClosing)
            Close(context);
        return handler(context);
    };

    private static void Close(HttpContext context)
    {
        if (HttpProtocol.IsHttp2(context.Request.Protocol))
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        else
            context.Response.Headers.Connection = "close";
    }
}

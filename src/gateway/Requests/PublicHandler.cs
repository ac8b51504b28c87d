using Esb.Gateway.Admin;
using Esb.Gateway.Events;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.Listening;
using Esb.Gateway.Tracing;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>The public port: two paths of the platform, and routes for all others.</summary>
internal sealed class PublicHandler(
    AdminHandler admin,
    LambdaApiHandler lambda,
    RouteHandler routes,
    PublicHandler.Load load)
{
    public Task HandleAsync(HttpContext context)
    {
        if (RequestFraming.IsAmbiguous(context.Request))
            return RequestFraming.RefuseAsync(context);
        // The limit is the number of allowed connections, however many requests share one connection.
        if (load.Figures.Active > load.MaxRequests)
            return JsonReply.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, """{"message":"Service Unavailable"}"""u8.ToArray());
        // This is the raw path, not the one that Kestrel decodes: platform paths have a single spelling.
        var path = RequestTarget.Of(context).Path;
        if (path is PlatformPaths.Health)
            return load.Readiness.IsDraining
                ? JsonReply.WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable, """{"status":"draining"}"""u8.ToArray())
                : admin.HealthAsync(context);
        return LambdaApiHandler.Serves(path) ? lambda.HandleAsync(context) : routes.HandleAsync(context);
    }

    /// <summary>The load of the port and its limits.</summary>
    /// <param name="Figures">Counts the port's requests.</param>
    /// <param name="MaxRequests">The maximum number of concurrent requests.</param>
    /// <param name="Readiness">Whether the gateway wants new requests.</param>
    internal sealed record Load(RequestFigures Figures, int MaxRequests, Readiness Readiness);
}

using Esb.Gateway.Admin;
using Esb.Gateway.Events;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.Listening;
using Esb.Gateway.Tracing;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>The public port: the platform's two own paths, and everything else by route.</summary>
internal sealed class PublicHandler(AdminHandler admin, LambdaApiHandler lambda, RouteHandler routes, PublicHandler.Load load)
{
    public Task HandleAsync(HttpContext context)
    {
        if (RequestFraming.IsAmbiguous(context.Request))
            return RequestFraming.RefuseAsync(context);
        // As many as there may be connections, however many of them share one.
        if (load.Figures.Active > load.MaxRequests)
            return JsonReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, """{"message":"Service Unavailable"}"""u8.ToArray());
        // As it was sent, and not as Kestrel understands it: these paths have one spelling.
        var path = RequestTarget.Of(context).Path;
        if (path is PlatformPaths.Health)
            return load.Readiness.IsDraining ? JsonReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, """{"status":"draining"}"""u8.ToArray()) : admin.HealthAsync(context);
        return LambdaApiHandler.Serves(path) ? lambda.HandleAsync(context) : routes.HandleAsync(context);
    }

    /// <summary>How much there is to do, and whether more is welcome.</summary>
    /// <param name="Figures">Counts the requests of the port.</param>
    /// <param name="MaxRequests">At once.</param>
    /// <param name="Readiness">Whether the process is to end.</param>
    internal sealed record Load(RequestFigures Figures, int MaxRequests, Readiness Readiness);
}

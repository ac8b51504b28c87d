using Esb.Gateway.Admin;
using Esb.Gateway.Events;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.Listening;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>The public port: the platform's two own paths, and everything else by route.</summary>
internal sealed class PublicHandler(AdminHandler admin, LambdaApiHandler lambda, RouteHandler routes, Readiness readiness)
{
    public Task HandleAsync(HttpContext context)
    {
        if (RequestFraming.IsAmbiguous(context.Request))
            return RequestFraming.RefuseAsync(context);
        // As it was sent, and not as Kestrel understands it: these paths have one spelling.
        var path = RequestTarget.Of(context).Path;
        if (path is PathDoor.Health)
            return readiness.IsDraining ? JsonReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, """{"status":"draining"}"""u8.ToArray()) : admin.HealthAsync(context);
        return LambdaApiHandler.Serves(path) ? lambda.HandleAsync(context) : routes.HandleAsync(context);
    }
}

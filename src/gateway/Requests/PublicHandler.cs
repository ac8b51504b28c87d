using Esb.Gateway.Admin;
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
        return context.Request.Path.Value switch
        {
            "/health" when readiness.IsDraining => JsonReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, """{"status":"draining"}"""u8.ToArray()),
            "/health" => admin.HealthAsync(context),
            _ when LambdaApiHandler.Serves(context.Request.Path) => lambda.HandleAsync(context),
            _ => routes.HandleAsync(context),
        };
    }
}

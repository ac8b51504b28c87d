using Esb.Gateway.Admin;
using Esb.Gateway.LambdaApi;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>The public port: the platform's two own paths, and everything else by route.</summary>
internal sealed class PublicHandler(AdminHandler admin, LambdaApiHandler lambda, RouteHandler routes)
{
    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/health" => admin.HealthAsync(context),
        _ when LambdaApiHandler.Serves(context.Request.Path) => lambda.HandleAsync(context),
        _ => routes.HandleAsync(context),
    };
}

using Esb.Gateway.Admin;
using Esb.Gateway.LambdaApi;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>The public port: the platform's two own paths, and everything else by route.</summary>
internal sealed class PublicHandler(AdminHandler admin, InvokeHandler invoke, RouteHandler routes)
{
    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/health" => admin.HealthAsync(context),
        _ when InvokeHandler.Serves(context.Request.Path) => invoke.HandleAsync(context),
        _ => routes.HandleAsync(context),
    };
}

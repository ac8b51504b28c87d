using Esb.Gateway.Events;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.RuntimeApi;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>
/// The port for workers: the Runtime API, and the Lambda API for functions that invoke other functions. It never uses
/// TLS: the certificate is for clients and contains a host name that only they know, and workers may not trust it.
/// </summary>
internal sealed class WorkerHandler(RuntimeApiHandler runtime, LambdaApiHandler lambda)
{
    public Task HandleAsync(HttpContext context) =>
        LambdaApiHandler.Serves(RequestTarget.Of(context).Path)
            ? lambda.HandleAsync(context)
            : runtime.HandleAsync(context);
}

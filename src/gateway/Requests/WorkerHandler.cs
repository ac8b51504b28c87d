using Esb.Gateway.Events;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.RuntimeApi;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>
/// The workers' port: the Runtime API, and the Lambda API for functions that invoke others. It never speaks TLS, so that they need not trust the
/// certificate, which is for clients, under a name that only these know.
/// </summary>
internal sealed class WorkerHandler(RuntimeApiHandler runtime, LambdaApiHandler lambda)
{
    public Task HandleAsync(HttpContext context) =>
        LambdaApiHandler.Serves(RequestTarget.Of(context).Path) ? lambda.HandleAsync(context) : runtime.HandleAsync(context);
}

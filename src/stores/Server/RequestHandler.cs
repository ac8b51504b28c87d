using Esb.Stores.Routing;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Stores.Server;

/// <summary>
/// Handles all requests: finds the service, checks the form and the origin, and then calls the service. This is the
/// only place where errors become answers.
/// </summary>
internal sealed class RequestHandler(OriginCheck origins, ServiceTable services, ILogger<RequestHandler> log)
{
    /// <summary>By this name, the provisioner knows which store it talks to.</summary>
    private const string ServerName = "esb-stores";

    /// <summary>
    /// The path of the health check, for the program that started the server; no bucket can have this name.
    /// </summary>
    private const string HealthPath = "/-/health";

    public async Task HandleAsync(HttpContext http)
    {
        ExpectedContinue.Guard(http);
        http.Response.Headers.Server = ServerName;
        var service = services.Find(http.Request);
        var requestId = service.Identify(http.Response);
        var name = new RequestName(http.Request);
        try
        {
            RequestFraming.Check(http);
            origins.Check(http.Request, service.ServesPages);
            if (http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget == HealthPath)
                await http.Response.WriteAsync("ok", http.RequestAborted);
            else
                await service.AnswerAsync(http);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested)
        {
            Log.ClientGone(log, requestId, name, e.GetType().Name);
        }
        catch (Exception e)
        {
            if (await service.AnswerErrorAsync(http, requestId, e) is { } code)
                Log.Refused(log, requestId, name, code);
            else
                Log.Failed(log, requestId, name, e);
        }
    }
}

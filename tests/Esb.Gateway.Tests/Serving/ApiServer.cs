using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Tests.Serving;

/// <summary>
/// A real Kestrel server that creates events and sends answers as the gateway does; the function is a C# one.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2015, 4, 9, 12, 34, 56, 789, TimeSpan.Zero);

    private readonly WebApplication _application;

    private ApiServer(WebApplication application) => _application = application;

    public int Port => new Uri(_application.Urls.Single()).Port;

    public static async Task<ApiServer> StartAsync(RouteTable routes, Func<byte[], byte[]> function)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ResponseHeaderEncodingSelector = ResponseHeaders.EncodingFor;
        });
        var application = builder.Build();
        application.Run(context => HandleAsync(context, routes, function));
        await application.StartAsync();
        return new ApiServer(application);
    }

    public Task<RawAnswer> SendAsync(string request) => RawClient.SendAsync(Port, request);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task HandleAsync(HttpContext context, RouteTable routes, Func<byte[], byte[]> function)
    {
        var stamp = new RequestStamp(
            "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", "Root=1-55267070-abcdef012345678912345678", Now);
        if (Preflight.Answer(
            routes,
            RequestTarget.Of(context).Path,
            context.Request.Headers.Origin,
            context.Request.Headers.AccessControlRequestMethod) is { } preflight
            && HttpMethods.IsOptions(context.Request.Method))
        {
            await ResponseWriter.WriteAsync(context, preflight);
            return;
        }

        if (!routes.TryMatch(RequestTarget.Of(context).Path, context.Request.Method, out var match))
        {
            await ResponseWriter.WriteAsync(context, GatewayErrors.NotFound(routes.NotFoundKind), null, stamp);
            return;
        }

        var body = await RequestBody.ReadAsync(context.Request, 1 << 20, context.RequestAborted);
        var payload = function(ApiGatewayEvent.Write(new IncomingRequest(context, body, match, stamp))!);
        if (FunctionResponse.TryRead(payload, match.Route!.Kind, out var answer))
            await ResponseWriter.WriteAsync(context, answer, match.Route, stamp);
        else
            await ResponseWriter.WriteAsync(context, GatewayErrors.Failed(match.Route.Kind), match.Route, stamp);
    }
}

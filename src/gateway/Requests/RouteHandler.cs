using Esb.Gateway.Configuration;
using Esb.Gateway.Events;
using Esb.Gateway.Invoking;
using Esb.Gateway.Listening;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Gateway.Streaming;
using Esb.Gateway.Tracing;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>A request that goes to a function: match, make the event, invoke, make the response.</summary>
internal sealed class RouteHandler(LiveConfiguration configuration, Dispatcher dispatcher, TimeProvider time)
{
    /// <summary>API Gateway's payload quota: 10 MB.</summary>
    public const int MaxBodyBytes = 10 * 1024 * 1024;

    public Task HandleAsync(HttpContext context)
    {
        // Taken once, at the door: the whole request sees one configuration.
        var snapshot = configuration.Current;
        var stamp = RequestStamp.New(context.Request, time.GetUtcNow());
        var path = RequestTarget.Of(context).Path;
        if (HttpMethods.IsOptions(context.Request.Method)
            && Preflight.Answer(snapshot.Routes, path, context.Request.Headers.Origin, context.Request.Headers.AccessControlRequestMethod) is { } preflight)
            return ResponseWriter.WriteAsync(context, preflight);
        if (!snapshot.Routes.TryMatch(path, context.Request.Method, out var match))
            return ResponseWriter.WriteAsync(context, GatewayErrors.NotFound(snapshot.Routes.NotFoundKind), null, stamp);
        var route = match.Route!;
        AccessNote.Of(context, route.Function);
        return route.Refused is null
            ? InvokeAsync(context, snapshot.Functions[route.Function], match, stamp)
            : ResponseWriter.WriteAsync(context, GatewayErrors.Forbidden(route.Kind), route, stamp);
    }

    private async Task InvokeAsync(HttpContext context, FunctionEntry function, RouteMatch match, RequestStamp stamp)
    {
        var route = match.Route!;
        if (await RequestBody.ReadAsync(context.Request, MaxBodyBytes, context.RequestAborted) is not { } body)
        {
            await ResponseWriter.WriteAsync(context, GatewayErrors.TooLarge(route.Kind), route, stamp);
            return;
        }

        var payload = ApiGatewayEvent.Write(new IncomingRequest(context, body, match, stamp));
        var stream = function.InvokeMode == InvokeMode.ResponseStream && route.Kind == ApiKind.Http ? new ResponseStream() : null;
        var completion = dispatcher.InvokeAsync(function, new Invocation(stamp.RequestId, payload, stamp.ReceivedAt) { TraceId = stamp.TraceId, Stream = stream });
        if (stream is not null && await Task.WhenAny(stream.Started, completion) == stream.Started)
        {
            await StreamedResponse.WriteAsync(context, stream, completion);
            return;
        }

        var result = await completion;
        if (result.Outcome != InvocationOutcome.Succeeded)
            await ResponseWriter.WriteAsync(context, GatewayErrors.Of(result.Outcome, route.Kind), route, stamp);
        else if (FunctionResponse.TryRead(result.Payload, route.Kind, out var response))
            await ResponseWriter.WriteAsync(context, response, route, stamp);
        else
            await ResponseWriter.WriteAsync(context, GatewayErrors.Failed(route.Kind), route, stamp);
    }
}

using Esb.Gateway.Authorizers;
using Esb.Gateway.Bodies;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Gateway.Events;
using Esb.Gateway.Forwarding;
using Esb.Gateway.Invoking;
using Esb.Gateway.Listening;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Streaming;
using Esb.Gateway.Tracing;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Requests;

/// <summary>
/// Serves a request of a route: matches it, creates the event, invokes the function and creates the response.
/// </summary>
internal sealed class RouteHandler(
    LiveConfiguration configuration,
    Gatekeeper gatekeeper,
    Dispatcher dispatcher,
    BodyBudget bodies,
    TimeProvider time)
{
    /// <summary>API Gateway's payload quota: 10 MB.</summary>
    public const int MaxBodyBytes = 10 * 1024 * 1024;

    /// <summary>Forwards requests of HTTP proxy integrations.</summary>
    public HttpForwarding Forwarding { get; init; } = new(NullLogger<HttpForwarding>.Instance, MaxBodyBytes);

    public Task HandleAsync(HttpContext context)
    {
        // The snapshot is read once, so that the whole request uses the same one.
        var snapshot = configuration.Current;
        if (!PathNormalisation.TryPass(context))
            return PathNormalisation.RefuseAsync(context);
        ConnectionHeaders.Drop(context.Request);
        var stamp = RequestStamp.New(context.Request, time.GetUtcNow());
        var path = RequestTarget.Of(context).Path;
        if (HttpMethods.IsOptions(context.Request.Method)
            && Preflight.Answer(
                snapshot.Routes,
                path,
                context.Request.Headers.Origin,
                context.Request.Headers.AccessControlRequestMethod) is { } preflight)
            return ResponseWriter.WriteAsync(context, preflight);
        if (!snapshot.Routes.TryMatch(path, context.Request.Method, out var match))
            return ResponseWriter.WriteAsync(
                context, GatewayErrors.NotFound(snapshot.Routes.NotFoundKindAt(path)), null, stamp);
        var route = match.Route!;
        AccessNote.Of(context, route.Function, route.Path);
        if (route.Closed is not null || GuardedSpelling.Hides(snapshot.Routes, path, context.Request.Method, route))
            return ResponseWriter.WriteAsync(context, GatewayErrors.Forbidden(route.Kind), route, stamp);
        if (path is [_, .., '/'] && !route.TakesRest)
            PathNormalisation.DropSlash(context);
        var incoming = new IncomingRequest(context, default, match, stamp);
        return route.IsGuarded ? AdmitAsync(snapshot, incoming) : AnswerAsync(snapshot, incoming);
    }

    // Admission comes before the body is read: an unknown caller must not make the gateway hold ten megabytes.
    private async Task AdmitAsync(Snapshot snapshot, IncomingRequest incoming)
    {
        var admission = await gatekeeper.AdmitAsync(snapshot, incoming);
        if (admission.Refusal is { } refusal)
            await ResponseWriter.WriteAsync(incoming.Context, refusal, incoming.Route, incoming.Stamp);
        else
            await AnswerAsync(snapshot, incoming with { Caller = admission.Caller });
    }

    private Task AnswerAsync(Snapshot snapshot, IncomingRequest incoming) => incoming.Route switch
    {
        { Mock: { } answer } route =>
            ResponseWriter.WriteAsync(incoming.Context, FunctionResponse.Of(answer), route, incoming.Stamp),
        { HttpProxy: { } target } => Forwarding.SendAsync(incoming, target),
        _ => InvokeAsync(snapshot, incoming),
    };

    private async Task InvokeAsync(Snapshot snapshot, IncomingRequest incoming)
    {
        var (context, route, stamp) = (incoming.Context, incoming.Route, incoming.Stamp);
        using var share = RequestBody.IsExpected(context.Request) ? bodies.Open() : null;
        var body = await RequestBody.ReadAsync(context.Request, MaxBodyBytes, share, context.RequestAborted);
        // Lambda's quota applies to the event, in which a body may take a third more space, or even six times as much.
        var payload = body.Bytes is null
            ? null
            : ApiGatewayEvent.Write(incoming with { Body = body.Bytes }, InvocationLimits.RequestBytes);
        if (payload is null)
        {
            var refusal = body.LacksMemory ? GatewayErrors.Throttled(route.Kind) : GatewayErrors.TooLarge(route.Kind);
            await ResponseWriter.WriteAsync(context, refusal, route, stamp);
            return;
        }

        var function = snapshot.Functions[route.Function!];
        var invocation = new Invocation(stamp.RequestId, payload, time.Steady())
        {
            TraceId = stamp.TraceId,
            Stream = function.InvokeMode == InvokeMode.ResponseStream && route.Kind == ApiKind.FunctionUrl
                ? new ResponseStream()
                : null,
        };
        if (invocation.Stream is { } stream)
            await StreamAsync(incoming, stream, dispatcher.InvokeAsync(function, invocation));
        else
            await AnswerAsync(incoming, await dispatcher.InvokeAsync(function, invocation));
    }

    private static async Task StreamAsync(
        IncomingRequest incoming,
        ResponseStream stream,
        Task<InvocationResult> completion)
    {
        if (await stream.StartedAsync(completion) is { } contentType)
            await new StreamedResponse(incoming.Context, incoming.Route, incoming.Stamp)
                .WriteAsync(contentType, stream, completion);
        else
            await AnswerAsync(incoming, await completion);
    }

    private static Task AnswerAsync(IncomingRequest incoming, InvocationResult result)
    {
        var (context, route, stamp) = (incoming.Context, incoming.Route, incoming.Stamp);
        if (result.Outcome != InvocationOutcome.Succeeded)
            return ResponseWriter.WriteAsync(context, GatewayErrors.Of(result.Outcome, route.Kind), route, stamp);
        var decode = MediaTypes.IsAnswerDecoded(route.Api.BinaryMediaTypes, context.Request.Headers.Accept);
        return FunctionResponse.TryRead(result.Payload, route.Kind, out var response, decode)
            ? ResponseWriter.WriteAsync(context, response, route, stamp)
            : ResponseWriter.WriteAsync(context, GatewayErrors.Failed(route.Kind), route, stamp);
    }
}

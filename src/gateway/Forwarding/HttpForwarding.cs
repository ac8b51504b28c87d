using System.Net;
using System.Text;
using Esb.Gateway.Bodies;
using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace Esb.Gateway.Forwarding;

/// <summary>Forwards requests to the servers of HTTP proxy integrations, and streams their answers back.</summary>
internal sealed partial class HttpForwarding(ILogger logger, int maxBodyBytes)
{
    // The buffer size of the forwarder in each direction.
    internal const int Buffer = 64 * 1024;

    // The forwarder's own timeout is not used, because it does not distinguish between the server and the client.
    private static readonly TimeSpan NoTimeout = TimeSpan.FromDays(1);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // The quota "Integration timeout" of REST APIs and of HTTP APIs.
    private static readonly TimeSpan RestTimeout = TimeSpan.FromSeconds(29);
    private static readonly TimeSpan HttpTimeout = TimeSpan.FromSeconds(30);

    // Created by the first request that needs it: most gateways have only functions.
    private readonly Lazy<(IHttpForwarder Forwarder, Clients Clients)> _forwarder = new(Create);

    /// <summary>The memory limit for request bodies; null for no limit.</summary>
    public BodyBudget? Bodies { get; init; }

    public async Task SendAsync(IncomingRequest incoming, HttpTarget target)
    {
        var (context, route) = (incoming.Context, incoming.Route);
        if (context.Request.ContentLength > maxBodyBytes)
        {
            await ResponseWriter.WriteAsync(context, GatewayErrors.TooLarge(route.Kind), route, incoming.Stamp);
            return;
        }

        // A tunnel cannot be forwarded; over HTTP/2 it would be a WebSocket.
        if (HttpMethods.IsConnect(context.Request.Method) || AddressOf(incoming, target) is not { } address)
        {
            await ResponseWriter.WriteAsync(context, GatewayErrors.BadRequest(route.Kind), route, incoming.Stamp);
            return;
        }

        using var share = RequestBody.IsExpected(context.Request) ? Bodies?.Open() : null;
        if (share?.TryGrow(Math.Min(context.Request.ContentLength ?? Buffer, Buffer)) == false)
        {
            await ResponseWriter.WriteAsync(context, GatewayErrors.Throttled(route.Kind), route, incoming.Stamp);
            return;
        }

        await ForwardAsync(incoming, target, address);
    }

    private async Task ForwardAsync(IncomingRequest incoming, HttpTarget target, Uri address)
    {
        var (context, route) = (incoming.Context, incoming.Route);
        // Neither kind of API allows a connection upgrade.
        context.Features.Set<IHttpUpgradeFeature>(null);
        using var timer = new ServerTimer(
            target.Timeout ?? (route.Kind == ApiKind.Rest ? RestTimeout : HttpTimeout), TimeProvider.System);
        var body = RequestBody.IsExpected(context.Request)
            ? new ForwardedBody(context.Request, timer, maxBodyBytes)
            : null;
        context.Request.Body = body ?? context.Request.Body;
        var (forwarder, clients) = _forwarder.Value;
        var config = new ForwarderRequestConfig
        {
            ActivityTimeout = NoTimeout,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        using var place = AnswersInFlight.Of(context)?.Add(context);
        var connection = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        context.Features.Set<IHttpRequestLifetimeFeature>(new WithoutAbort(connection));
        var content = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Response.Body = new PassedAnswer(content.Stream, place, timer);
        var own = context.Response.Headers.Connection;
        var passed = new PassedRequest(incoming, target, address) { Place = place };
        var error = await forwarder.SendAsync(
            context, address.GetLeftPart(UriPartial.Authority), clients.Kept, config, passed, timer.Late);
        if (MayBeSentAgain(context, target, error) && !passed.LacksMemory)
        {
            context.Response.Clear();
            context.Response.Headers.Connection = own;
            error = await forwarder.SendAsync(
                context, address.GetLeftPart(UriPartial.Authority), clients.Fresh, config, passed, timer.Late);
        }

        context.Features.Set(connection);
        context.Features.Set(content);
        var instead = body is { IsTooLarge: true } ? GatewayErrors.TooLarge(route.Kind)
            : passed.LacksMemory ? GatewayErrors.Throttled(route.Kind)
            : null;
        if (instead is not null && !context.Response.HasStarted)
            await AnswerInsteadAsync(incoming, own, instead);
        else if (error != ForwarderError.None)
            await FailAsync(
                incoming, own, error, timer.Late.IsCancellationRequested || error == ForwarderError.RequestTimedOut);
    }

    // A server may close a persistent connection just when it is reused. Repeating the request on a new connection is
    // safe for an idempotent method without a body (RFC 9112, 9.3.1). .NET itself repeats it only for some of the ways
    // in which such a connection ends.
    private static bool MayBeSentAgain(HttpContext context, HttpTarget target, ForwarderError error) =>
        error == ForwarderError.Request
        && !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested
        && !RequestBody.IsExpected(context.Request)
        && IsIdempotent(target.Method ?? context.Request.Method)
        && context.Features.Get<IForwarderErrorFeature>()?.Exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.Unknown or HttpRequestError.ResponseEnded,
        };

    private static bool IsIdempotent(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || HttpMethods.IsTrace(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method);

    private async Task FailAsync(IncomingRequest incoming, StringValues own, ForwarderError error, bool isLate)
    {
        var (context, route) = (incoming.Context, incoming.Route);
        if (context.RequestAborted.IsCancellationRequested)
            return;
        LogFailed(logger, route.RouteKey, route.Target, isLate
            ? "it or the client took too long"
            : context.Features.Get<IForwarderErrorFeature>()?.Exception?.Message ?? error.ToString());
        if (context.Response.HasStarted)
        {
            // Over HTTP/2 the forwarder has reset the stream after the bytes that were sent.
            if (!HttpProtocol.IsHttp2(context.Request.Protocol))
                BrokenOffException.End(context);
            return;
        }

        // The body was too large or incomplete. The forwarder has set the status for this error of the client.
        if (error is ForwarderError.RequestBodyClient)
            return;
        await AnswerInsteadAsync(
            incoming, own, isLate ? GatewayErrors.TimedOut(route.Kind) : GatewayErrors.Unreachable(route.Kind));
    }

    // Answers without the headers that were already set from the server's answer.
    private static Task AnswerInsteadAsync(IncomingRequest incoming, StringValues own, GatewayError error)
    {
        incoming.Context.Response.Clear();
        incoming.Context.Response.Headers.Connection = own;
        return ResponseWriter.WriteAsync(incoming.Context, error, incoming.Route, incoming.Stamp);
    }

    private static Uri? AddressOf(in IncomingRequest incoming, HttpTarget target)
    {
        var request = RequestTarget.Of(incoming.Context);
        return TargetAddress.Of(target, incoming.Match, request.Path, request.Query);
    }

    // The forwarder is available only from a service provider; these are the services that it requires.
    private static (IHttpForwarder Forwarder, Clients Clients) Create()
    {
        var services = new ServiceCollection().AddLogging().AddHttpForwarder().BuildServiceProvider();
        // Connections are renewed, because a host name may get another address.
        return (
            services.GetRequiredService<IHttpForwarder>(),
            new Clients(Client(TimeSpan.FromMinutes(5)), Client(TimeSpan.Zero)));
    }

    private static HttpMessageInvoker Client(TimeSpan keeping) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectTimeout,
        ConnectCallback = ServerConnection.OpenAsync,
        PooledConnectionLifetime = keeping,
        // The same encoding as on the public port.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = static (_, _) => LosslessEncoding.Instance,
    });

    /// <param name="Kept">Keeps connections.</param>
    /// <param name="Fresh">Opens a connection for each request.</param>
    private sealed record Clients(HttpMessageInvoker Kept, HttpMessageInvoker Fresh);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Route} was not answered by {Target}: {Reason}")]
    private static partial void LogFailed(ILogger logger, string route, string target, string reason);
}

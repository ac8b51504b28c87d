using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tracing;

/// <summary>
/// Creates a span for each request of the public port. Source: OpenTelemetry, "Semantic conventions for HTTP spans",
/// server.
/// </summary>
internal static class RequestSpans
{
    private const string TraceParent = "traceparent";

    // The names of other methods are not recorded, since their number is unbounded.
    private static readonly HashSet<string> Methods =
        ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"];

    /// <summary>Adds tracing to the handler, except for health checks, which are frequent.</summary>
    public static RequestDelegate Around(RequestDelegate handler) =>
        context => context.Request.Path == "/health" ? handler(context) : TraceAsync(context, handler);

    private static async Task TraceAsync(HttpContext context, RequestDelegate handler)
    {
        var request = context.Request;
        var method = Methods.Contains(request.Method) ? request.Method : null;
        using var span = Spans.Source.StartActivity(
            method ?? "HTTP", ActivityKind.Server, TraceHeader.ParentIn(request.Headers));
        if (span is null)
        {
            await handler(context);
            return;
        }

        SetParent(span, request);
        Describe(span, request, method);
        var note = context.Features.Get<AccessNote>();
        if (note is null)
            context.Features.Set(note = new AccessNote());
        try
        {
            await handler(context);
            End(span, method, note, context.Response.StatusCode);
        }
        catch (Exception e)
        {
            // The listener answers these exceptions.
            End(span, method, note, (e as BadHttpRequestException)?.StatusCode);
            if (!context.RequestAborted.IsCancellationRequested)
                Spans.Fail(span, e.GetType().FullName!);
            throw;
        }
    }

    // The parent is written to the headers of the request, as a load balancer does, so that all later steps find it
    // there. For this reason signatures do not cover X-Amzn-Trace-Id; they may cover traceparent.
    private static void SetParent(Activity span, HttpRequest request)
    {
        request.Headers[TraceHeader.Name] = TraceHeader.Of(span);
        if (request.Headers.ContainsKey(TraceParent)
            && !request.Headers.Authorization.ToString().StartsWith("AWS4-", StringComparison.Ordinal))
            request.Headers[TraceParent] = span.Id;
    }

    private static void Describe(Activity span, HttpRequest request, string? method)
    {
        if (!span.IsAllDataRequested)
            return;
        span.SetTag("http.request.method", method ?? "_OTHER");
        if (method is null)
            span.SetTag("http.request.method_original", request.Method);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", ClientText.Cut(request.Path.Value));
        span.SetTag("client.address", request.HttpContext.Connection.RemoteIpAddress?.ToString());
        if (request.Headers.UserAgent.ToString() is { Length: > 0 } agent)
            span.SetTag("user_agent.original", ClientText.Cut(agent));
    }

    private static void End(Activity span, string? method, AccessNote note, int? status)
    {
        if (!span.IsAllDataRequested)
            return;
        if (note.Route is { } route)
        {
            span.DisplayName = $"{method ?? "HTTP"} {route}";
            span.SetTag("http.route", route);
        }

        if (note.Function is { } function)
            span.SetTag("faas.invoked_name", function);
        if (status is not { } code)
            return;
        span.SetTag("http.response.status_code", code);
        if (code >= 500)
            Spans.Fail(span, $"{code}");
    }
}

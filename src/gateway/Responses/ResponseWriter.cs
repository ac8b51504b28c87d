using Esb.Gateway.Bodies;
using Esb.Gateway.Events;
using Esb.Gateway.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Responses;

/// <summary>Sends the answers of functions and of the gateway.</summary>
internal static class ResponseWriter
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Sends a function's answer.</summary>
    public static Task WriteAsync(HttpContext context, FunctionResponse answer, Route route, RequestStamp stamp)
    {
        if (!HasContent(answer.Status))
        {
            Begin(context, answer, route, stamp);
            return Task.CompletedTask;
        }

        var answers = AnswersInFlight.Of(context);
        var cost = AnswersInFlight.CostOf(answer.Body.Length + answer.HeadLength);
        if (answers?.TryTake(cost) == false)
            return WriteAsync(context, GatewayErrors.Throttled(route.Kind), route, stamp);
        try
        {
            Begin(context, answer, route, stamp);
        }
        catch
        {
            answers?.Return(cost);
            throw;
        }

        context.Response.ContentLength = answer.Body.Length;
        return WholeAnswer.SendAsync(answers, context, answer.Body, cost);
    }

    /// <summary>Sets the head of a function's answer; the caller sends the body.</summary>
    public static void Begin(HttpContext context, in FunctionResponse answer, Route route, RequestStamp stamp)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            if (ResponseHeaders.NameFor(name, route.Kind, route.Cors is not null) is not { } sent)
                continue;
            if (sent.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                response.ContentType = value.Trim(Blanks);
            else
                Append(response.Headers, sent, value);
        }

        foreach (var cookie in answer.Cookies)
            Append(response.Headers, "Set-Cookie", cookie);
        response.ContentType ??= DefaultContentType(route.Kind);
        // Unlike 204 and 304, status 205 does not imply an empty body (RFC 9112, 6.3).
        if (answer.Status == StatusCodes.Status205ResetContent)
            response.ContentLength = 0;
        Identify(context, route, stamp, route.Kind);
    }

    /// <summary>
    /// Whether an answer with this status has content. Without content, the body that the function returned is dropped
    /// (RFC 9110, 15.3.5, 15.3.6 and 15.4.5).
    /// </summary>
    public static bool HasContent(int status) => status is not (204 or 205 or 304);

    /// <summary>Sends an error of the gateway; the route is null when no route matches the request.</summary>
    public static Task WriteAsync(HttpContext context, GatewayError error, Route? route, RequestStamp stamp)
    {
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = error.ContentType;
        if (error.Type is { } type)
            context.Response.Headers["x-amzn-ErrorType"] = type;
        if (error.Challenge is { } challenge)
            context.Response.Headers.WWWAuthenticate = challenge;
        Identify(context, route, stamp, route?.Kind ?? error.Kind);
        return BodyAsync(context, error.Body);
    }

    /// <summary>Sends the answer to a preflight.</summary>
    public static Task WriteAsync(HttpContext context, Preflight preflight)
    {
        context.Response.StatusCode = preflight.Status;
        foreach (var (name, value) in preflight.Headers)
            context.Response.Headers[name] = value;
        return BodyAsync(context, preflight.Body);
    }

    /// <summary>
    /// Adds the headers that the API adds to an answer: the ids of the request, and the CORS headers.
    /// </summary>
    public static void Identify(HttpContext context, Route? route, RequestStamp stamp, ApiKind kind)
    {
        var headers = context.Response.Headers;
        switch (kind)
        {
            case ApiKind.Rest:
                headers["x-amzn-RequestId"] = stamp.RequestId;
                headers["x-amz-apigw-id"] = stamp.ExtendedId;
                headers[RequestStamp.TraceHeader] = stamp.TraceId;
                break;
            case ApiKind.FunctionUrl:
                headers["x-amzn-RequestId"] = stamp.RequestId;
                headers[RequestStamp.TraceHeader] = stamp.TraceId;
                break;
            default:
                headers["Apigw-Requestid"] = stamp.ExtendedId;
                break;
        }

        if (route is { Kind: not ApiKind.Rest, Cors: { } cors })
        {
            headers.Vary = CorsHeaders.Vary(headers.Vary.ToString());
            foreach (var (name, value) in CorsHeaders.OnResponse(cors, context.Request.Headers.Origin))
                headers[name] = value;
        }
    }

    // Surrounding whitespace is not part of a value (RFC 9110, 5.5), and HTTP/2 clients drop such values. An empty
    // value is valid.
    private static void Append(IHeaderDictionary headers, string name, string value) =>
        headers[name] = StringValues.Concat(headers[name], value.Trim(Blanks));

    private static Task BodyAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (!HasContent(context.Response.StatusCode))
            return Task.CompletedTask;
        context.Response.ContentLength = body.Length;
        return body.IsEmpty ? Task.CompletedTask : WholeAnswer.SendAnywayAsync(context, body);
    }

    // Sources: AWS's Lambda Test Tool, which was compared with the service; for function URLs: Lambda, "Invoking Lambda
    // function URLs".
    private static string DefaultContentType(ApiKind kind) =>
        kind == ApiKind.Http ? "text/plain; charset=utf-8" : "application/json";
}

using System.Text;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Responses;

/// <summary>An answer of the gateway itself.</summary>
/// <param name="Kind">In whose words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">The value of <c>x-amzn-ErrorType</c>, which only REST APIs send.</param>
/// <param name="Body">The document, to the last space as the service sends it.</param>
internal sealed record GatewayError(ApiKind Kind, int Status, string? Type, ReadOnlyMemory<byte> Body);

/// <summary>
/// The catalogue of errors in the words of API Gateway. Sources: "Gateway response types for API Gateway" (REST), "Troubleshooting issues
/// with HTTP APIs", and AWS's Lambda Test Tool for spelling and spaces, which differ between the two on purpose.
/// </summary>
internal static class GatewayErrors
{
    private static readonly GatewayError RestNotFound = Rest(403, "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}""");
    private static readonly GatewayError RestForbidden = Rest(403, "ForbiddenException", """{"message":"Forbidden"}""");
    private static readonly GatewayError RestFailed = Rest(502, "InternalServerErrorException", """{"message": "Internal server error"}""");
    private static readonly GatewayError RestTimedOut = Rest(504, "InternalServerErrorException", """{"message": "Endpoint request timed out"}""");
    private static readonly GatewayError RestThrottled = Rest(429, "TooManyRequestsException", """{"message":"Too Many Requests"}""");
    private static readonly GatewayError RestTooLarge = Rest(413, "RequestTooLargeException", """{"message":"Request Too Long"}""");

    private static readonly GatewayError HttpNotFound = Http(404, """{"message":"Not Found"}""");
    private static readonly GatewayError HttpForbidden = Http(403, """{"message":"Forbidden"}""");
    private static readonly GatewayError HttpFailed = Http(500, """{"message":"Internal Server Error"}""");
    private static readonly GatewayError HttpUnavailable = Http(503, """{"message":"Service Unavailable"}""");
    private static readonly GatewayError HttpTooLarge = Http(413, """{"message":"Request Entity Too Large"}""");

    /// <summary>No route for this path and method.</summary>
    public static GatewayError NotFound(ApiKind kind) => kind == ApiKind.Rest ? RestNotFound : HttpNotFound;

    /// <summary>The route has an authorizer that cannot be honoured.</summary>
    public static GatewayError Forbidden(ApiKind kind) => kind == ApiKind.Rest ? RestForbidden : HttpForbidden;

    /// <summary>The function failed, or what it answered cannot be sent.</summary>
    public static GatewayError Failed(ApiKind kind) => kind == ApiKind.Rest ? RestFailed : HttpFailed;

    /// <summary>The function did not answer in time.</summary>
    public static GatewayError TimedOut(ApiKind kind) => kind == ApiKind.Rest ? RestTimedOut : HttpUnavailable;

    /// <summary>No worker was free in time, or too many requests wait already.</summary>
    public static GatewayError Throttled(ApiKind kind) => kind == ApiKind.Rest ? RestThrottled : HttpUnavailable;

    /// <summary>The request, or the event made of it, is larger than Lambda takes.</summary>
    public static GatewayError TooLarge(ApiKind kind) => kind == ApiKind.Rest ? RestTooLarge : HttpTooLarge;

    /// <summary>The error for an invocation that did not succeed.</summary>
    public static GatewayError Of(InvocationOutcome outcome, ApiKind kind) => outcome switch
    {
        InvocationOutcome.TimedOut => TimedOut(kind),
        InvocationOutcome.Refused => Throttled(kind),
        _ => Failed(kind),
    };

    private static GatewayError Rest(int status, string type, string body) => new(ApiKind.Rest, status, type, Encoding.UTF8.GetBytes(body));

    private static GatewayError Http(int status, string body) => new(ApiKind.Http, status, null, Encoding.UTF8.GetBytes(body));
}

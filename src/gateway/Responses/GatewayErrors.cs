using System.Text;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Responses;

/// <summary>An error answer of the gateway.</summary>
/// <param name="Kind">The kind of API whose wording the error uses.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The value of <c>x-amzn-ErrorType</c>, which HTTP APIs omit.</param>
/// <param name="Body">The document, with exactly the same spaces as the service.</param>
internal sealed record GatewayError(ApiKind Kind, int Status, string? Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>The value of <c>WWW-Authenticate</c>; null to omit the header.</summary>
    public string? Challenge { get; init; }

    public string ContentType { get; init; } = "application/json";
}

/// <summary>
/// Errors with the wording of API Gateway and function URLs. Sources: "Gateway response types for API Gateway" (REST),
/// "Troubleshooting issues with HTTP APIs" and "Invoking Lambda function URLs". The spelling and the spaces are those
/// of AWS's Lambda Test Tool; they differ between the kinds on purpose.
/// </summary>
internal static class GatewayErrors
{
    private static readonly Words NoRoute = new(
        Rest(403, "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}"""),
        Http(404, """{"message":"Not Found"}"""),
        Url(403, "AccessDeniedException", """{"Message":"Forbidden"}"""));

    private static readonly Words Refused = new(
        Rest(403, "ForbiddenException", """{"message":"Forbidden"}"""),
        Http(403, """{"message":"Forbidden"}"""),
        Url(403, "AccessDeniedException", """{"Message":"Forbidden"}"""));

    private static readonly Words FunctionFailed = new(
        Rest(502, "InternalServerErrorException", """{"message": "Internal server error"}"""),
        Http(500, """{"message":"Internal Server Error"}"""),
        Url(502, null, "Internal Server Error") with { ContentType = "text/plain" });

    private static readonly Words Late = new(
        Rest(504, "InternalServerErrorException", """{"message": "Endpoint request timed out"}"""),
        Http(503, """{"message":"Service Unavailable"}"""),
        Url(502, null, "Internal Server Error") with { ContentType = "text/plain" });

    // A REST API uses this error for an unreachable server, an HTTP API for every server that does not answer.
    private static readonly Words NoServer = new(
        Rest(504, "InternalServerErrorException", """{"message": "Network error communicating with endpoint"}"""),
        Late.Http,
        Late.Url);

    private static readonly Words NotUnderstood = new(
        Rest(400, "BadRequestException", """{"message": "Bad Request"}"""),
        Http(400, """{"message":"Bad Request"}"""),
        Url(400, "BadRequestException", """{"Message":"Bad Request"}"""));

    private static readonly Words TooMany = new(
        Rest(429, "TooManyRequestsException", """{"message":"Too Many Requests"}"""),
        Http(503, """{"message":"Service Unavailable"}"""),
        Url(429, "TooManyRequestsException", """{"Message":"Too Many Requests"}"""));

    private static readonly Words Unavailable = new(
        Rest(503, "ServiceUnavailableException", """{"message": "Service Unavailable"}"""),
        TooMany.Http,
        Url(503, "ServiceUnavailableException", """{"Message":"Service Unavailable"}"""));

    private static readonly Words TooLong = new(
        Rest(413, "RequestTooLargeException", """{"message":"Request Too Long"}"""),
        Http(413, """{"message":"Request Entity Too Large"}"""),
        Url(413, "RequestTooLargeException", """{"Message":"Request Too Large"}"""));

    private static readonly Words NoIdentity = new(
        Rest(401, "UnauthorizedException", """{"message":"Unauthorized"}"""),
        Http(401, """{"message":"Unauthorized"}"""),
        Url(401, "UnauthorizedException", """{"Message":"Unauthorized"}"""));

    private static readonly Words Denied = new(
        Rest(403, "AccessDeniedException", """{"Message":"User is not authorized to access this resource"}"""),
        Refused.Http,
        Refused.Url);

    private static readonly Words DeniedExplicitly = new(
        Rest(
            403,
            "AccessDeniedException",
            """{"Message":"User is not authorized to access this resource with an explicit deny"}"""),
        Refused.Http,
        Refused.Url);

    private static readonly Words AuthorizerBroken = new(
        Rest(500, "AuthorizerConfigurationException", """{"message":null}"""),
        FunctionFailed.Http,
        Url(500, null, "Internal Server Error") with { ContentType = "text/plain" });

    // HTTP APIs have no usage plans; this is the closest wording.
    private static readonly Words KeyThrottled = new(
        TooMany.Rest, Http(429, """{"message":"Too Many Requests"}"""), TooMany.Url);

    private static readonly Words KeyExhausted = new(
        Rest(429, "LimitExceededException", """{"message":"Limit Exceeded"}"""),
        Http(429, """{"message":"Limit Exceeded"}"""),
        Url(429, "LimitExceededException", """{"Message":"Limit Exceeded"}"""));

    /// <summary>No route matches this path and method.</summary>
    public static GatewayError NotFound(ApiKind kind) => NoRoute.For(kind);

    /// <summary>
    /// The route has an authorizer that cannot be used, or the required API key is missing or invalid.
    /// </summary>
    public static GatewayError Forbidden(ApiKind kind) => Refused.For(kind);

    /// <summary>The function failed, or its answer is invalid.</summary>
    public static GatewayError Failed(ApiKind kind) => FunctionFailed.For(kind);

    /// <summary>The function did not answer in time.</summary>
    public static GatewayError TimedOut(ApiKind kind) => Late.For(kind);

    /// <summary>The server cannot be reached, or does not complete its answer.</summary>
    public static GatewayError Unreachable(ApiKind kind) => NoServer.For(kind);

    /// <summary>The request cannot be forwarded.</summary>
    public static GatewayError BadRequest(ApiKind kind) => NotUnderstood.For(kind);

    /// <summary>No worker became free in time, or too many requests are waiting.</summary>
    public static GatewayError Throttled(ApiKind kind) => TooMany.For(kind);

    /// <summary>The request or its event is larger than Lambda allows.</summary>
    public static GatewayError TooLarge(ApiKind kind) => TooLong.For(kind);

    /// <summary>The request has no credentials, or invalid ones.</summary>
    public static GatewayError Unauthorized(ApiKind kind) => NoIdentity.For(kind);

    /// <summary>The authorizer does not allow the caller.</summary>
    public static GatewayError AccessDenied(ApiKind kind, bool explicitly) =>
        (explicitly ? DeniedExplicitly : Denied).For(kind);

    /// <summary>The authorizer failed, or its answer is invalid.</summary>
    public static GatewayError AuthorizerFailed(ApiKind kind) => AuthorizerBroken.For(kind);

    /// <summary>The key's usage plan does not allow more requests now.</summary>
    public static GatewayError RateExceeded(ApiKind kind) => KeyThrottled.For(kind);

    /// <summary>The key's usage plan does not allow more requests in this period.</summary>
    public static GatewayError QuotaExceeded(ApiKind kind) => KeyExhausted.For(kind);

    /// <summary>The error for an invocation that did not succeed.</summary>
    public static GatewayError Of(InvocationOutcome outcome, ApiKind kind) => outcome switch
    {
        InvocationOutcome.TimedOut => TimedOut(kind),
        InvocationOutcome.Refused => Throttled(kind),
        InvocationOutcome.PlatformLost => Unavailable.For(kind),
        _ => Failed(kind),
    };

    private static GatewayError Rest(int status, string type, string body) =>
        new(ApiKind.Rest, status, type, Encoding.UTF8.GetBytes(body));

    private static GatewayError Http(int status, string body) =>
        new(ApiKind.Http, status, null, Encoding.UTF8.GetBytes(body));

    private static GatewayError Url(int status, string? type, string body) =>
        new(ApiKind.FunctionUrl, status, type, Encoding.UTF8.GetBytes(body));

    // One error in the wording of the three kinds.
    private sealed record Words(GatewayError Rest, GatewayError Http, GatewayError Url)
    {
        public GatewayError For(ApiKind kind) => kind switch
        {
            ApiKind.Rest => Rest,
            ApiKind.Http => Http,
            _ => Url,
        };
    }
}

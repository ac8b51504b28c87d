using System.Text.Json.Serialization;
using Esb.Gateway.Listening;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// An error in the Lambda API's format, so that SDKs throw their own exception types. Source: Lambda API, Invoke,
/// Errors.
/// </summary>
internal sealed record LambdaError(int Status, string Type, string Message)
{
    /// <summary>The reason for a throttle.</summary>
    public string? Reason { get; init; }

    public static LambdaError NotFound(string arn) =>
        new(404, "ResourceNotFoundException", $"Function not found: {arn}");

    public static LambdaError InvalidJson(string reason) =>
        new(400, "InvalidRequestContentException", $"Could not parse request body into json: {reason}");

    public static LambdaError InvalidParameter(string message) => new(400, "InvalidParameterValueException", message);

    /// <summary>The error for an invalid value, with AWS's wording.</summary>
    public static LambdaError Validation(string member, string value, string allowed) =>
        new(400, "ValidationException", $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy "
            + $"constraint: Member must satisfy enum value set: [{allowed}]");

    public static LambdaError TooLarge(int limit) => new(
        413,
        "RequestTooLargeException",
        $"Request must be smaller than {limit} bytes for the InvokeFunction operation");

    public static LambdaError Throttled(string message, string reason) =>
        new(429, "TooManyRequestsException", $"Rate Exceeded: {message}") { Reason = reason };

    public static LambdaError Service(string reason) => new(500, "ServiceException", reason);

    public static LambdaError Unknown(HttpRequest request) =>
        new(404, "UnknownOperationException", $"{request.Method} {request.Path} is not served: "
            + "esb deploy creates and changes functions; the Lambda API invokes and describes them");

    /// <summary>
    /// The error for an invocation that failed because of the platform; null for the function's own answer.
    /// </summary>
    public static LambdaError? Of(InvocationResult result, PoolLimits limits) => result.Outcome switch
    {
        InvocationOutcome.Refused when result.ErrorType() == "ResourceNotFoundException" =>
            new LambdaError(404, "ResourceNotFoundException", result.ErrorMessage()),
        InvocationOutcome.Refused => Throttled(result.ErrorMessage(), limits.Reserved is null
            ? "ConcurrentInvocationLimitExceeded"
            : "ReservedFunctionConcurrentInvocationLimitExceeded"),
        InvocationOutcome.PlatformLost => Service(result.ErrorMessage()),
        _ => null,
    };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-ErrorType"] = Type;
        var document = new ErrorDocument(Status >= 500 ? "Service" : "User", Message, Reason);
        return JsonReply.WriteAsync(context, Status, document, LambdaErrorJson.Default.ErrorDocument);
    }

    /// <summary>The body of an error.</summary>
    internal sealed record ErrorDocument(string Type, string Message, string? Reason);
}

/// <summary>Source-generated, with AWS's names; null values are omitted.</summary>
[JsonSerializable(typeof(LambdaError.ErrorDocument))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class LambdaErrorJson : JsonSerializerContext;

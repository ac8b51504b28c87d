using System.Text.Json;
using Esb.Gateway.Listening;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>Errors as the Lambda API words them, so that SDKs raise their own exception types. Source: Lambda API, Invoke, Errors.</summary>
internal sealed record LambdaError(int Status, string Type, string Message)
{
    public static LambdaError NotFound(string arn) => new(404, "ResourceNotFoundException", $"Function not found: {arn}");

    public static LambdaError InvalidJson(string reason) => new(400, "InvalidRequestContentException", $"Could not parse request body into json: {reason}");

    public static LambdaError InvalidParameter(string message) => new(400, "InvalidParameterValueException", message);

    public static LambdaError TooLarge(int limit) => new(413, "RequestTooLargeException", $"Request must be smaller than {limit} bytes for the InvokeFunction operation");

    public static LambdaError Throttled(string reason) => new(429, "TooManyRequestsException", reason);

    public static LambdaError Service(string reason) => new(500, "ServiceException", reason);

    public static LambdaError Forbidden() => new(403, "AccessDeniedException", "The Lambda API answers on loopback only");

    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-ErrorType"] = Type;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("Type", Status >= 500 ? "Service" : "User");
            json.WriteString("Message", Message);
            json.WriteEndObject();
        }

        return JsonReply.WriteAsync(context, Status, buffer.ToArray());
    }
}

using System.Globalization;
using System.Text;
using Esb.Gateway.Bodies;
using Esb.Gateway.Listening;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// The answers of the Runtime API. Source: the OpenAPI document that AWS publishes with the description of the
/// protocol.
/// </summary>
internal static class RuntimeApiReply
{
    private const string AccountId = "000000000000";

    private static readonly byte[] Ok = """{"status":"OK"}"""u8.ToArray();

    /// <summary>Sends 200 with the event and its headers for the runtime.</summary>
    public static async Task EventAsync(HttpContext context, Worker worker, Invocation invocation)
    {
        var response = context.Response;
        var headers = response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = DeadlineOf(invocation).ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = FunctionArn(worker.Pool.Spec, invocation.Qualifier);
        if (invocation.TraceId is { } trace)
            headers["Lambda-Runtime-Trace-Id"] = trace;
        if (invocation.ClientContext is { } client)
            headers["Lambda-Runtime-Client-Context"] = client;
        response.ContentType = "application/json";
        response.ContentLength = invocation.Payload.Length;
        await InPieces.WriteAsync(context, invocation.Payload);
    }

    public static Task AcceptedAsync(HttpContext context) =>
        JsonReply.WriteAsync(context, StatusCodes.Status202Accepted, Ok);

    public static Task NotFoundAsync(HttpContext context) =>
        ErrorAsync(
            context,
            StatusCodes.Status404NotFound,
            "NotFound",
            $"the Runtime API has no {context.Request.Method} {context.Request.Path}");

    /// <summary>
    /// Refuses a call that the worker's state does not allow. Source: the error type of AWS's runtime interface
    /// emulator.
    /// </summary>
    public static Task WrongStateAsync(HttpContext context, string message) =>
        ErrorAsync(context, StatusCodes.Status403Forbidden, "InvalidStateTransition", message);

    public static Task ErrorAsync(HttpContext context, int status, string type, string message)
    {
        var body = InvocationResult.Error(InvocationOutcome.Refused, type, message).Payload;
        return JsonReply.WriteAsync(context, status, body);
    }

    // The deadline is on the wall clock, since runtimes compare it with that clock.
    private static DateTimeOffset DeadlineOf(Invocation invocation) =>
        invocation.Started!.Value.Wall + invocation.Timeout;

    // The ARN contains the qualifier that the caller used.
    private static string FunctionArn(WorkerSpec spec, string? qualifier)
    {
        var region = spec.Environment.GetValueOrDefault("AWS_REGION", "us-east-1");
        var suffix = qualifier is null ? "" : ":" + qualifier;
        return $"arn:aws:lambda:{region}:{AccountId}:function:{spec.Function}{suffix}";
    }
}

using System.Globalization;
using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Gateway.Invoking;
using Esb.Gateway.Listening;
using Esb.Gateway.Tracing;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// Invokes a function and sends its answer, or accepts an asynchronous event. Source: AWS, Lambda API reference,
/// Invoke.
/// </summary>
internal sealed class InvokeHandler(
    Dispatcher dispatcher,
    AsynchronousInvocations later,
    LogTail tail,
    TimeProvider time)
{
    /// <summary>The qualifier of the deployed function.</summary>
    public const string Latest = "$LATEST";

    private const string TypeHeader = "X-Amz-Invocation-Type";

    /// <summary>Whether the invocation is asynchronous.</summary>
    public static bool IsEvent(HttpRequest request, LambdaOperationKind kind) =>
        kind == LambdaOperationKind.InvokeAsync
            || (kind == LambdaOperationKind.Invoke && request.Headers[TypeHeader] == "Event");

    public async Task HandleAsync(
        HttpContext context,
        FunctionEntry function,
        string? qualifier,
        string requestId,
        byte[] body)
    {
        var type = context.Request.Headers[TypeHeader] is { Count: > 0 } sent ? sent.ToString() : "RequestResponse";
        var client = ClientContext.Read(context.Request);
        if ((InvokeBody.Problem(body) ?? client.Error ?? LogTypeProblem(context.Request)) is { } refused)
        {
            await refused.WriteAsync(context);
            return;
        }

        await (type switch
        {
            "RequestResponse" => RespondAsync(context, function, qualifier, requestId, body, client.Json),
            "Event" => AcceptAsync(context, function, qualifier, requestId, body),
            "DryRun" => Status(context, StatusCodes.Status204NoContent),
            _ => LambdaError.Validation("invocationType", type, "Event, RequestResponse, DryRun").WriteAsync(context),
        });
    }

    /// <summary>Accepts an asynchronous event; 202 means that the event is on the disk.</summary>
    public async Task AcceptAsync(
        HttpContext context,
        FunctionEntry function,
        string? qualifier,
        string requestId,
        byte[] body)
    {
        if (InvokeBody.Problem(body) is { } problem)
        {
            await problem.WriteAsync(context);
            return;
        }

        var id = EventIdentity.Of(context.Request.Headers, function.Name, qualifier, body) ?? requestId;
        var e = new AsynchronousEvent(id, function.Name, InvokeBody.OrEmptyObject(body), time.GetUtcNow())
        {
            TraceId = TraceHeader.Of(context.Request.Headers, time.GetUtcNow()),
            ClientContext = ClientContext.Read(context.Request).Json,
            Qualifier = qualifier,
        };
        context.Response.Headers["x-amzn-RequestId"] = e.Id;
        await (await later.AcceptAsync(e) switch
        {
            Acceptance.Accepted => Status(context, StatusCodes.Status202Accepted),
            Acceptance.Full => LambdaError.Throttled(
                "the queue of asynchronous invocations is full",
                "ConcurrentInvocationLimitExceeded").WriteAsync(context),
            _ => LambdaError.Service("the event cannot be stored: the disk does not accept it").WriteAsync(context),
        });
    }

    /// <summary>The error for an invalid <c>X-Amz-Log-Type</c>.</summary>
    public static LambdaError? LogTypeProblem(HttpRequest request) =>
        request.Headers["X-Amz-Log-Type"].ToString() is var type && type is "" or "Tail" or "None"
            ? null
            : LambdaError.Validation("logType", type, "None, Tail");

    private async Task RespondAsync(
        HttpContext context,
        FunctionEntry function,
        string? qualifier,
        string requestId,
        byte[] body,
        string? client)
    {
        var invocation = new Invocation(requestId, InvokeBody.OrEmptyObject(body), time.Steady())
        {
            TraceId = TraceHeader.Of(context.Request.Headers, time.GetUtcNow()),
            ClientContext = client,
            Qualifier = qualifier,
        };
        var result = await dispatcher.InvokeAsync(function, invocation);
        if (LambdaError.Of(result, function.Pool.Limits) is { } refused)
        {
            await refused.WriteAsync(context);
            return;
        }

        var headers = context.Response.Headers;
        headers["X-Amz-Executed-Version"] = Latest;
        headers[TraceHeader.Name] = invocation.TraceId;
        headers["X-Esb-Revision"] = function.Pool.Spec.Revision;
        // The duration of the function, without queue, start and network. A caller cannot measure it.
        headers["X-Esb-Duration-Ms"] = invocation.Duration.TotalMilliseconds.ToString(
            "0.00", CultureInfo.InvariantCulture);
        if (result.Outcome != InvocationOutcome.Succeeded)
            headers["X-Amz-Function-Error"] = "Unhandled";
        if (context.Request.Headers["X-Amz-Log-Type"] == "Tail")
            headers["X-Amz-Log-Result"] = await tail.OfAsync(invocation, context.RequestAborted);
        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, result.Payload);
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

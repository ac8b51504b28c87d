using System.Buffers;
using System.Text.Json;
using Esb.Gateway.Bodies;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Gateway.Invoking;
using Esb.Gateway.Streaming;
using Esb.Gateway.Tracing;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// Invokes a function and streams its output as events: any number of <c>PayloadChunk</c>, then <c>InvokeComplete</c>.
/// Source: AWS, Lambda API reference, InvokeWithResponseStream.
/// </summary>
internal sealed class StreamHandler(Dispatcher dispatcher, LogTail tail, TimeProvider time)
{
    public async Task HandleAsync(
        HttpContext context,
        FunctionEntry function,
        string? qualifier,
        string requestId,
        byte[] body)
    {
        var client = ClientContext.Read(context.Request);
        var type = context.Request.Headers["X-Amz-Invocation-Type"].FirstOrDefault() ?? "RequestResponse";
        var refused = InvokeBody.Problem(body) ?? client.Error ?? InvokeHandler.LogTypeProblem(context.Request)
            ?? (type is "RequestResponse" or "DryRun"
                ? null
                : LambdaError.Validation("invocationType", type, "RequestResponse, DryRun"));
        if (refused is not null)
        {
            await refused.WriteAsync(context);
            return;
        }

        if (type == "DryRun")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var invocation = new Invocation(requestId, InvokeBody.OrEmptyObject(body), time.Steady())
        {
            TraceId = TraceHeader.Of(context.Request.Headers, time.GetUtcNow()),
            ClientContext = client.Json,
            Qualifier = qualifier,
            Stream = new ResponseStream(),
        };
        await AnswerAsync(context, function, invocation);
    }

    private async Task AnswerAsync(HttpContext context, FunctionEntry function, Invocation invocation)
    {
        var stream = invocation.Stream!;
        var completion = dispatcher.InvokeAsync(function, invocation);
        var isStreamed = await stream.StartedAsync(completion) is not null;
        if (!isStreamed && LambdaError.Of(await completion, function.Pool.Limits) is { } refused)
        {
            await refused.WriteAsync(context);
            return;
        }

        var response = context.Response;
        response.ContentType = "application/vnd.amazon.eventstream";
        response.Headers["X-Amz-Executed-Version"] = InvokeHandler.Latest;
        response.Headers[TraceHeader.Name] = invocation.TraceId;
        using var place = AnswersInFlight.Of(context)?.Add(context);
        if (isStreamed)
            await ResponseChunks.CopyAsync(
                stream,
                completion,
                bytes => SendAsync(context, place, "PayloadChunk", "application/octet-stream", bytes));
        var result = await completion;
        if (!isStreamed && result.Outcome == InvocationOutcome.Succeeded)
            await SendAsync(
                context, place, "PayloadChunk", "application/octet-stream", new ReadOnlySequence<byte>(result.Payload));
        if (place is { LacksMemory: true })
        {
            await LambdaError.Throttled("too many answers wait for their clients", "ConcurrentInvocationLimitExceeded")
                .WriteAsync(context);
            return;
        }

        var log = context.Request.Headers["X-Amz-Log-Type"] == "Tail"
            ? await tail.OfAsync(invocation, context.RequestAborted)
            : null;
        await SendAsync(
            context, place, "InvokeComplete", "application/json", new ReadOnlySequence<byte>(Complete(result, log)));
    }

    private static ValueTask<bool> SendAsync(
        HttpContext context,
        AnswerInFlight? place,
        string eventType,
        string contentType,
        ReadOnlySequence<byte> payload) =>
        ResponseChunks.SendAsync(
            context, place, new ReadOnlySequence<byte>(EventStreamMessage.Write(eventType, contentType, payload)));

    private static byte[] Complete(InvocationResult result, string? log)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (result.Outcome != InvocationOutcome.Succeeded)
            {
                json.WriteString("ErrorCode"u8, result.ErrorType());
                json.WriteString("ErrorDetails"u8, result.ErrorMessage());
            }

            if (log is not null)
                json.WriteString("LogResult"u8, log);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

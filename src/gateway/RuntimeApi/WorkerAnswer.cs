using Esb.Gateway.Listening;
using Esb.Gateway.Streaming;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Handles a worker's answer: <c>invocation/{id}/response</c> or <c>invocation/{id}/error</c>. Only the first answer to
/// the worker's current invocation counts.
/// </summary>
internal static class WorkerAnswer
{
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";

    public static Task HandleAsync(HttpContext context, Worker worker, string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (requestId, what) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        if (what is not ("response" or "error"))
            return RuntimeApiReply.NotFoundAsync(context);
        if (worker.Current is not { } invocation || invocation.RequestId != requestId)
            return RefuseAsync(context, worker, requestId);
        return what == "response" && invocation.Stream is { } stream && IsStreaming(context.Request)
            ? StreamAsync(context, worker, invocation, stream)
            : worker.TryBeginAnswer()
            ? WholeAsync(context, worker, requestId, what)
            : RuntimeApiReply.WrongStateAsync(context, "another answer of this worker is being received");
    }

    /// <summary>The error that a runtime reports. Without a document it contains only the type.</summary>
    public static InvocationResult ErrorOf(HttpRequest request, byte[]? body, InvocationOutcome outcome) => body switch
    {
        null => TooLarge(),
        [] => InvocationResult.Error(
            outcome,
            request.Headers[ErrorTypeHeader].ToString() is { Length: > 0 } type ? type : "Runtime.Unknown",
            ""),
        _ => new InvocationResult(outcome, body),
    };

    private static async Task WholeAsync(HttpContext context, Worker worker, string requestId, string what)
    {
        byte[]? body;
        try
        {
            // The answer is read even if the connection closes, since a runtime may end as soon as it has sent its
            // answer. An incomplete answer is an error of the read itself.
            body = await RequestBody.ReadAsync(context.Request, InvocationLimits.ResponseBytes, CancellationToken.None);
        }
        catch (BadHttpRequestException e) when (StreamedAnswer.AreTooLarge(e))
        {
            worker.Pool.TryComplete(worker, requestId, StreamedAnswer.TooLargeError());
            throw;
        }
        finally
        {
            worker.EndAnswer();
        }

        var result = what == "error" ? ErrorOf(context.Request, body, InvocationOutcome.Failed)
            : body is null ? TooLarge()
            : StreamedAnswer.TrailingError(context.Request) ?? InvocationResult.Success(body);
        if (!worker.Pool.TryComplete(worker, requestId, result))
            await RefuseAsync(context, worker, requestId);
        else if (body is null)
            await RuntimeApiReply.ErrorAsync(
                context, StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", result.ErrorMessage());
        else
            await RuntimeApiReply.AcceptedAsync(context);
    }

    private static async Task StreamAsync(
        HttpContext context,
        Worker worker,
        Invocation invocation,
        ResponseStream stream)
    {
        if (!stream.TryStart(context.Request.ContentType ?? "application/octet-stream"))
        {
            await RuntimeApiReply.WrongStateAsync(context, "the response to this invocation has already begun");
            return;
        }

        var result = await StreamedAnswer.CopyAsync(context, stream);
        worker.Pool.TryComplete(worker, invocation.RequestId, result);
        if (context.RequestAborted.IsCancellationRequested)
            return;
        if (result.Outcome == InvocationOutcome.Succeeded || context.Request.CheckTrailersAvailable())
        {
            await RuntimeApiReply.AcceptedAsync(context);
            return;
        }

        // A runtime that is still writing learns of the error from the answer and from the end of the connection.
        context.Response.Headers.Connection = "close";
        await RuntimeApiReply.ErrorAsync(
            context, StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", result.ErrorMessage());
    }

    // The invocation has already been answered, or is not an invocation of this worker. The first is a wrong state, the
    // second a wrong id.
    private static Task RefuseAsync(HttpContext context, Worker worker, string requestId) =>
        worker.PreviousRequestId == requestId
            ? RuntimeApiReply.WrongStateAsync(context, "this invocation has already been answered")
            : RuntimeApiReply.ErrorAsync(
                context, StatusCodes.Status400BadRequest, "InvalidRequestID", "this worker has no such invocation");

    private static bool IsStreaming(HttpRequest request) =>
        request.Headers[StreamedAnswer.ModeHeader].ToString().Equals("streaming", StringComparison.OrdinalIgnoreCase);

    private static InvocationResult TooLarge() => InvocationResult.Error(
        InvocationOutcome.Failed,
        "Function.ResponseSizeTooLarge",
        $"Response payload size exceeded maximum allowed payload size ({InvocationLimits.ResponseBytes} bytes).");
}

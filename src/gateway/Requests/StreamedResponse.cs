using System.Buffers;
using Esb.Gateway.Bodies;
using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.Responses;
using Esb.Gateway.Routing;
using Esb.Gateway.Streaming;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>
/// Streams a function's output through its URL. Source: AWS, Lambda developer guide, "Response streaming for Lambda
/// functions". With the content type of the HTTP integration, a prelude contains the status, headers and cookies.
/// Otherwise the status is 200, and the bytes are sent unchanged.
/// </summary>
internal sealed class StreamedResponse(HttpContext context, Route route, RequestStamp stamp)
{
    private AnswerInFlight? _place;
    private PreludeReader? _prelude;
    private bool _isMalformed;
    private bool _hasContent;

    /// <summary>Returns when the last byte has been sent, or when the function or the client has broken off.</summary>
    /// <param name="contentType">The content type with which the function has begun its output.</param>
    /// <param name="stream">The function's output.</param>
    /// <param name="completion">The end of the invocation.</param>
    public async Task WriteAsync(string contentType, ResponseStream stream, Task<InvocationResult> completion)
    {
        using var place = _place = AnswersInFlight.Of(context)?.Add(context);
        if (contentType == HttpPrelude.ContentType)
            _prelude = new PreludeReader();
        else
            Begin(new FunctionResponse(StatusCodes.Status200OK, [new("Content-Type", contentType)], [], default));
        await ResponseChunks.CopyAsync(stream, completion, bytes => TakeAsync(stream, bytes));
        await EndAsync(
            _isMalformed ? GatewayErrors.Failed(route.Kind)
                : LacksMemory() ? GatewayErrors.Throttled(route.Kind)
                : null, completion);
    }

    // The head of the function's answer is set but not sent yet, so another answer can still replace it.
    private bool LacksMemory()
    {
        if (_place is not { LacksMemory: true })
            return false;
        var own = context.Response.Headers.Connection;
        context.Response.Clear();
        context.Response.Headers.Connection = own;
        return true;
    }

    private ValueTask<bool> TakeAsync(ResponseStream stream, ReadOnlySequence<byte> bytes)
    {
        if (_prelude is null)
            return SendAsync(bytes);
        switch (_prelude.Take(bytes, out var body))
        {
            case PreludeForm.Complete:
                Begin(_prelude.Head);
                _prelude = null;
                return SendAsync(body);
            case PreludeForm.Malformed:
                _isMalformed = true;
                stream.Refuse("Runtime.InvalidPrelude", "the prelude of the streamed response is malformed, "
                    + $"or longer than {PreludeReader.MaxBytes} bytes");
                return ValueTask.FromResult(false);
            default:
                return ValueTask.FromResult(true);
        }
    }

    private void Begin(in FunctionResponse head)
    {
        ResponseWriter.Begin(context, head, route, stamp);
        _hasContent = ResponseWriter.HasContent(head.Status) && !HttpMethods.IsHead(context.Request.Method);
    }

    // As in a complete answer, the body is dropped when the status allows no content or the request is a HEAD request.
    private ValueTask<bool> SendAsync(ReadOnlySequence<byte> bytes) =>
        ResponseChunks.SendAsync(context, _place, _hasContent ? bytes : default);

    private async Task BreakOffAsync()
    {
        await BrokenOffException.PauseForFlushAsync(context);
        BrokenOffException.End(context);
    }

    // Until something has been sent, an error is an ordinary answer; after that, only an incomplete end can show it.
    private async Task EndAsync(GatewayError? error, Task<InvocationResult> completion)
    {
        if (error is null)
        {
            var result = await completion;
            var hasFailed = result.Outcome != InvocationOutcome.Succeeded;
            if (_prelude is not null || (hasFailed && !context.Response.HasStarted))
                error = hasFailed ? GatewayErrors.Of(result.Outcome, route.Kind) : GatewayErrors.Failed(route.Kind);
            else if (hasFailed && _hasContent)
                await BreakOffAsync();
            else
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        if (error is not null)
            await ResponseWriter.WriteAsync(context, error, route, stamp);
    }
}

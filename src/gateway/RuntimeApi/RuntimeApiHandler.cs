using Esb.Gateway.Listening;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// The Lambda Runtime API, which workers speak. Source: AWS, "Using the Lambda runtime API for custom runtimes", version
/// 2018-06-01. A worker is known by its address; it sees and answers only its own invocations.
/// </summary>
internal sealed class RuntimeApiHandler(WorkerDirectory directory)
{
    private const string Prefix = "/2018-06-01/runtime/";
    private const string InvocationPrefix = "invocation/";

    private static readonly object WorkerItem = new();

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            await RuntimeApiReply.ErrorAsync(context, StatusCodes.Status404NotFound, "NotFound", $"the Runtime API has no {path}");
            return;
        }

        if (await WhoIsAskingAsync(context) is not { } worker)
        {
            await RuntimeApiReply.ErrorAsync(context, StatusCodes.Status403Forbidden, "Forbidden", "this address is no worker");
            return;
        }

        var call = path[Prefix.Length..];
        await (context.Request.Method switch
        {
            "GET" when call == "invocation/next" => NextAsync(context, worker),
            "POST" when call == "init/error" => InitErrorAsync(context, worker),
            "POST" when call.StartsWith(InvocationPrefix, StringComparison.Ordinal) => AnswerAsync(context, worker, call[InvocationPrefix.Length..]),
            _ => RuntimeApiReply.ErrorAsync(context, StatusCodes.Status404NotFound, "NotFound", $"the Runtime API has no {context.Request.Method} {path}"),
        });
    }

    private static async Task NextAsync(HttpContext context, Worker worker)
    {
        var invocation = await worker.Pool.NextAsync(worker, context.RequestAborted);
        if (invocation is null)
        {
            await RuntimeApiReply.ErrorAsync(context, StatusCodes.Status410Gone, "Gone", "this worker is to end");
            return;
        }

        if (context.RequestAborted.IsCancellationRequested)
            worker.Pool.Return(worker, invocation);
        else
            await RuntimeApiReply.EventAsync(context, worker, invocation);
    }

    private static async Task AnswerAsync(HttpContext context, Worker worker, string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (requestId, what) = slash < 0 ? (rest, "") : (rest[..slash], rest[(slash + 1)..]);
        if (what is not ("response" or "error"))
        {
            await RuntimeApiReply.ErrorAsync(context, StatusCodes.Status404NotFound, "NotFound", $"the Runtime API has no invocation/…/{what}");
            return;
        }

        var body = await RequestBody.ReadAsync(context.Request, InvocationLimits.ResponseBytes, context.RequestAborted);
        var result = Result(what, body);
        if (!worker.Pool.TryComplete(worker, requestId, result))
            await RuntimeApiReply.ErrorAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID", "this worker has no such invocation");
        else if (body is null)
            await RuntimeApiReply.ErrorAsync(context, StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", result.ErrorMessage());
        else
            await RuntimeApiReply.AcceptedAsync(context);
    }

    private static InvocationResult Result(string what, byte[]? body) => (what, body) switch
    {
        (_, null) => InvocationResult.Error(InvocationOutcome.Failed, "Function.ResponseSizeTooLarge", $"Response payload size exceeded maximum allowed payload size ({InvocationLimits.ResponseBytes} bytes)."),
        ("error", _) => new InvocationResult(InvocationOutcome.Failed, body),
        _ => InvocationResult.Success(body),
    };

    private static async Task InitErrorAsync(HttpContext context, Worker worker)
    {
        var body = await RequestBody.ReadAsync(context.Request, InvocationLimits.ResponseBytes, context.RequestAborted);
        worker.Pool.InitFailed(worker, new InvocationResult(InvocationOutcome.WorkerLost, body));
        await RuntimeApiReply.AcceptedAsync(context);
    }

    // A connection has one worker at its end for as long as it lasts, so it is asked who that is only once.
    private async ValueTask<Worker?> WhoIsAskingAsync(HttpContext context)
    {
        var connection = context.Features.Get<IConnectionItemsFeature>();
        if (connection is not null && connection.Items.TryGetValue(WorkerItem, out var known) && known is Worker { State: not WorkerState.Stopped } same)
            return same;
        var worker = await directory.ResolveAsync(WorkerIdentity.Of(context.Connection.LocalIpAddress, context.Connection.RemoteIpAddress), context.RequestAborted);
        if (connection is not null)
            connection.Items[WorkerItem] = worker;
        return worker;
    }
}

using Esb.Gateway.Listening;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// The Lambda Runtime API for workers. Source: AWS, "Using the Lambda runtime API for custom runtimes", version
/// 2018-06-01. A worker is identified by its address, and can read and answer only its own invocations.
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
            await RuntimeApiReply.NotFoundAsync(context);
            return;
        }

        if (await IdentifyWorkerAsync(context) is not { } worker)
        {
            await RuntimeApiReply.ErrorAsync(
                context, StatusCodes.Status403Forbidden, "Forbidden", "no worker has this address");
            return;
        }

        var call = path[Prefix.Length..];
        await (context.Request.Method switch
        {
            "GET" when call == "invocation/next" => NextAsync(context, worker),
            "POST" when call.StartsWith(InvocationPrefix, StringComparison.Ordinal) =>
                WorkerAnswer.HandleAsync(context, worker, call[InvocationPrefix.Length..]),
            "POST" when call == "init/error" => InitErrorAsync(context, worker),
            // Only functions with SnapStart are restored, and SnapStart is not supported. A runtime that calls this is
            // in an impossible state.
            "GET" when call == "restore/next" => RefuseRestoreAsync(context),
            "POST" when call == "restore/error" => RefuseRestoreAsync(context),
            _ => RuntimeApiReply.NotFoundAsync(context),
        });
    }

    private static async Task NextAsync(HttpContext context, Worker worker)
    {
        // A worker that ends while it is waiting must not get an event.
        var gone = context.Features.Get<ClosedSide>()?.Token ?? context.RequestAborted;
        var invocation = await worker.Pool.NextAsync(worker, gone);
        if (invocation is null)
        {
            await RuntimeApiReply.ErrorAsync(
                context, StatusCodes.Status410Gone, "Gone", "this worker is shutting down");
            return;
        }

        if (gone.IsCancellationRequested)
            worker.Pool.Return(worker, invocation);
        else
            await RuntimeApiReply.EventAsync(context, worker, invocation);
    }

    private static async Task InitErrorAsync(HttpContext context, Worker worker)
    {
        var body = await RequestBody.ReadAsync(
            context.Request, InvocationLimits.InitErrorBytes, context.RequestAborted);
        if (worker.Pool.TryFailInit(worker, WorkerAnswer.ErrorOf(context.Request, body, InvocationOutcome.WorkerLost)))
            await RuntimeApiReply.AcceptedAsync(context);
        else
            await RuntimeApiReply.WrongStateAsync(context, "the function has already been initialised");
    }

    private static Task RefuseRestoreAsync(HttpContext context) =>
        RuntimeApiReply.WrongStateAsync(context, "SnapStart is not offered here, so there is nothing to restore");

    // A connection belongs to the same worker for its whole life, so the worker is identified once.
    private async ValueTask<Worker?> IdentifyWorkerAsync(HttpContext context)
    {
        var connection = context.Features.Get<IConnectionItemsFeature>();
        if (connection is not null
            && connection.Items.TryGetValue(WorkerItem, out var known)
            && known is Worker { State: not WorkerState.Stopped } same)
            return same;
        var worker = await directory.ResolveAsync(
            WorkerIdentity.Of(context.Connection.LocalIpAddress, context.Connection.RemoteIpAddress),
            context.RequestAborted);
        if (connection is not null)
            connection.Items[WorkerItem] = worker;
        return worker;
    }
}

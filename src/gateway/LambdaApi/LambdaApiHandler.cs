using Esb.Gateway.Bodies;
using Esb.Gateway.Configuration;
using Esb.Gateway.Events;
using Esb.Gateway.Listening;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Tracing;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// The operations of the Lambda API that invoke or describe functions, for any AWS SDK. Operations that create or
/// change functions are refused, since that is the task of <c>esb deploy</c>.
/// </summary>
internal sealed class LambdaApiHandler(
    LiveConfiguration configuration,
    LambdaAccess access,
    InvokeHandler invoke,
    StreamHandler stream,
    string region)
{
    /// <summary>The memory limit for request bodies; null for no limit.</summary>
    public BodyBudget? Bodies { get; init; }

    /// <param name="path">The raw path.</param>
    public static bool Serves(ReadOnlySpan<char> path) => PlatformPaths.IsLambdaApi(path);

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        if (access.Refusal(context, out var claim) is { } refusal)
        {
            await refusal.WriteAsync(context);
            return;
        }

        var path = RequestTarget.Of(context).Path.ToString();
        if (LambdaOperation.Parse(context.Request.Method, path) is not { } operation)
        {
            await LambdaError.Unknown(context.Request).WriteAsync(context);
            return;
        }

        var limit = InvokeHandler.IsEvent(context.Request, operation.Kind)
            ? InvocationLimits.AsyncRequestBytes
            : InvocationLimits.RequestBytes;
        using var share = RequestBody.IsExpected(context.Request) ? Bodies?.Open() : null;
        var read = await RequestBody.ReadAsync(context.Request, limit, share, context.RequestAborted);
        var body = read.Bytes;
        var error = read.LacksMemory ? LambdaError.Throttled(
            "too many events are being received", "ConcurrentInvocationLimitExceeded")
            : body is null ? LambdaError.TooLarge(limit) : claim is null ? null : access.Check(context, claim, body);
        if (error is not null)
            await error.WriteAsync(context);
        else
            await ServeAsync(context, operation, requestId, body!);
    }

    private async Task ServeAsync(HttpContext context, LambdaOperation operation, string requestId, byte[] body)
    {
        var snapshot = configuration.Current;
        if (operation.Kind == LambdaOperationKind.ListFunctions)
        {
            await FunctionDocuments.ListAsync(context, snapshot, region);
            return;
        }

        if (!TryFind(context, snapshot, operation.Function, out var function, out var error))
        {
            await error!.WriteAsync(context);
            return;
        }

        AccessNote.Of(context, function!.Name, operation.Pattern);
        await (operation.Kind switch
        {
            LambdaOperationKind.Invoke =>
                invoke.HandleAsync(context, function!, QualifierOf(context, operation), requestId, body),
            LambdaOperationKind.InvokeAsync =>
                invoke.AcceptAsync(context, function!, QualifierOf(context, operation), requestId, body),
            LambdaOperationKind.InvokeWithResponseStream =>
                stream.HandleAsync(context, function!, QualifierOf(context, operation), requestId, body),
            LambdaOperationKind.GetFunction => FunctionDocuments.FunctionAsync(context, function!, snapshot, region),
            LambdaOperationKind.GetFunctionConfiguration =>
                FunctionDocuments.ConfigurationAsync(context, function!, snapshot, region),
            _ => FunctionDocuments.ConcurrencyAsync(context, function!),
        });
    }

    private static string? QualifierOf(HttpContext context, LambdaOperation operation) =>
        context.Request.Query["Qualifier"].ToString() is { Length: > 0 } asked ? asked : operation.Function.Qualifier;

    private bool TryFind(
        HttpContext context,
        Snapshot snapshot,
        FunctionReference reference,
        out FunctionEntry? function,
        out LambdaError? error)
    {
        var asked = context.Request.Query["Qualifier"].ToString();
        var qualifier = asked.Length > 0 ? asked : reference.Qualifier;
        function = null;
        error = asked.Length > 0 && reference.Qualifier is { } inName && inName != asked
            ? LambdaError.InvalidParameter("The derived qualifier from the function name does not match the specified "
            + $"qualifier: '{inName}' and '{asked}'")
            : null;
        if (error is not null)
            return false;
        if (snapshot.Functions.TryGetValue(reference.Name, out function)
            && (qualifier is null or InvokeHandler.Latest || function.Aliases.Contains(qualifier)))
            return true;
        error = LambdaError.NotFound(
            $"{FunctionConfiguration.ArnOf(reference.Name, region)}{(qualifier is null ? "" : ":" + qualifier)}");
        return false;
    }
}

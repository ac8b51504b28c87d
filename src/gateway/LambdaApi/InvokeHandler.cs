using System.Net;
using System.Text;
using System.Text.Json;
using Esb.Gateway.Asynchronous;
using Esb.Gateway.Configuration;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// <c>POST /2015-03-31/functions/{name}/invocations</c>, so that any AWS SDK pointed at the gateway can call functions.
/// Source: AWS, Lambda API reference, Invoke.
/// </summary>
internal sealed class InvokeHandler(LiveConfiguration configuration, Dispatcher dispatcher, AsynchronousInvocations later, LogTail tail, TimeProvider time)
{
    private const string Prefix = "/2015-03-31/functions/";
    private const string Suffix = "/invocations";
    private const string Latest = "$LATEST";

    public static bool Serves(PathString path) => path.Value?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        var type = context.Request.Headers["X-Amz-Invocation-Type"].FirstOrDefault() ?? "RequestResponse";
        var (function, error) = Find(context);
        if (function is null)
        {
            await error!.WriteAsync(context);
            return;
        }

        var limit = type == "Event" ? InvocationLimits.AsyncRequestBytes : InvocationLimits.RequestBytes;
        var body = await RequestBody.ReadAsync(context.Request, limit, context.RequestAborted);
        if ((body is null ? LambdaError.TooLarge(limit) : JsonProblem(body)) is { } refused)
        {
            await refused.WriteAsync(context);
            return;
        }

        var invocation = new Invocation(requestId, body!.Length == 0 ? "{}"u8.ToArray() : body, time.GetUtcNow())
        {
            TraceId = context.Request.Headers["X-Amzn-Trace-Id"].FirstOrDefault(),
            ClientContext = Decode(context.Request.Headers["X-Amz-Client-Context"].FirstOrDefault()),
        };
        await (type switch
        {
            "RequestResponse" => RespondAsync(context, function, invocation),
            "Event" => AcceptAsync(context, function, invocation),
            "DryRun" => Status(context, StatusCodes.Status204NoContent),
            _ => LambdaError.InvalidParameter($"X-Amz-Invocation-Type is '{type}'; allowed is RequestResponse, Event or DryRun").WriteAsync(context),
        });
    }

    private (FunctionEntry? Function, LambdaError? Error) Find(HttpContext context)
    {
        // Without signatures to check, who may call is who is on this machine: people's tools and the functions themselves.
        if (context.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote))
            return (null, LambdaError.Forbidden());
        var path = context.Request.Path.Value!;
        if (!path.EndsWith(Suffix, StringComparison.Ordinal) || path.Length <= Prefix.Length + Suffix.Length || !HttpMethods.IsPost(context.Request.Method))
            return (null, new LambdaError(404, "UnknownOperationException", $"{context.Request.Method} {path} is not served"));
        var reference = FunctionReference.Parse(path[Prefix.Length..^Suffix.Length]);
        var qualifier = context.Request.Query["Qualifier"].FirstOrDefault() ?? reference.Qualifier;
        if (configuration.Current.Functions.TryGetValue(reference.Name, out var entry) && qualifier is null or Latest)
            return (entry, null);
        return (null, LambdaError.NotFound($"{reference.Name}{(qualifier is null ? "" : ":" + qualifier)}"));
    }

    private async Task RespondAsync(HttpContext context, FunctionEntry function, Invocation invocation)
    {
        var result = await dispatcher.InvokeAsync(function, invocation);
        if (result.Outcome == InvocationOutcome.Refused)
        {
            await LambdaError.Throttled(result.ErrorMessage()).WriteAsync(context);
            return;
        }

        var headers = context.Response.Headers;
        headers["X-Amz-Executed-Version"] = Latest;
        headers["X-Esb-Revision"] = function.Pool.Spec.Revision;
        if (result.Outcome != InvocationOutcome.Succeeded)
            headers["X-Amz-Function-Error"] = "Unhandled";
        if (context.Request.Headers["X-Amz-Log-Type"] == "Tail")
            headers["X-Amz-Log-Result"] = await tail.OfAsync(invocation, context.RequestAborted);
        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, result.Payload);
    }

    private async Task AcceptAsync(HttpContext context, FunctionEntry function, Invocation invocation)
    {
        var e = new AsynchronousEvent(invocation.RequestId, function.Name, invocation.Payload, invocation.SubmittedAt)
        {
            TraceId = invocation.TraceId,
            ClientContext = invocation.ClientContext,
        };
        await (await later.AcceptAsync(e) switch
        {
            Acceptance.Accepted => Status(context, StatusCodes.Status202Accepted),
            Acceptance.Full => LambdaError.Throttled("the queue of asynchronous invocations is full").WriteAsync(context),
            _ => LambdaError.Service("the event cannot be kept: the disk does not take it").WriteAsync(context),
        });
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static LambdaError? JsonProblem(byte[] body)
    {
        if (body.Length == 0)
            return null;
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return LambdaError.InvalidJson(e.Message);
        }
    }

    private static string? Decode(string? base64)
    {
        try
        {
            return base64 is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(base64)).ReplaceLineEndings("");
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

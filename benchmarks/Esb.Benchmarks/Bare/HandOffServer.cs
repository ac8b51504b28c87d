using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Esb.Benchmarks.Running;
using Esb.Gateway.Admin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Esb.Benchmarks.Bare;

/// <summary>
/// The minimum that passes a request to a worker: one listener for clients, one with as much of the Lambda Runtime API
/// as a worker's bootstrap needs, a channel between them, and a constant event. It has no routes, pools, limits or
/// logs.
/// </summary>
internal static class HandOffServer
{
    private const string RuntimeApi = "/2018-06-01/runtime/invocation/";

    public static async Task<int> RunAsync(int port, int runtimeApiPort)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, port);
            k.Listen(IPAddress.Loopback, runtimeApiPort);
        });
        await using var app = builder.Build();
        var handOff = new HandOff();
        app.Run(context => context.Connection.LocalPort != port
            ? handOff.ServeWorkerAsync(context)
            : context.Request.Path == ProcessFigures.Path
                ? HandOff.WriteAsync(context, 200, Encoding.UTF8.GetBytes(RuntimeMetrics.Render()))
                : handOff.InvokeAsync(context));
        await app.RunAsync();
        return 0;
    }

    private sealed class HandOff
    {
        private readonly Channel<string> _queue = Channel.CreateUnbounded<string>();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _running =
            new(StringComparer.Ordinal);

        public async Task InvokeAsync(HttpContext context)
        {
            var id = Guid.NewGuid().ToString();
            var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            _running[id] = answer;
            await _queue.Writer.WriteAsync(id);
            await WriteAsync(context, 200, await answer.Task);
        }

        public async Task ServeWorkerAsync(HttpContext context)
        {
            var call = context.Request.Path.Value!;
            if (call == RuntimeApi + "next")
            {
                var id = await _queue.Reader.ReadAsync(context.RequestAborted);
                context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = id;
                context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = DateTimeOffset.UtcNow
                    .AddSeconds(3)
                    .ToUnixTimeMilliseconds()
                    .ToString(CultureInfo.InvariantCulture);
                context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] =
                    "arn:aws:lambda:us-east-1:000000000000:function:hello";
                await WriteAsync(context, 200, TypicalEvent.Bytes);
                return;
            }

            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (_running.TryRemove(call[RuntimeApi.Length..].Split('/')[0], out var waiting))
                waiting.SetResult(body.ToArray());
            await WriteAsync(context, 202, "{\"status\":\"OK\"}"u8.ToArray());
        }

        public static Task WriteAsync(HttpContext context, int status, byte[] body)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Esb.Testing.Agents;

/// <summary>
/// A small Runtime API that distinguishes workers as the gateway does: processes by the address they connect to,
/// containers by the address they connect from.
/// </summary>
public sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Caller> _callers = new();
    private int _last;

    private FakeRuntimeApi(WebApplication app) => _app = app;

    public int Port { get; private set; }

    public static async Task<FakeRuntimeApi> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Any, 0));
        var app = builder.Build();
        var api = new FakeRuntimeApi(app);
        app.Run(api.HandleAsync);
        await app.StartAsync();
        api.Port = new Uri(app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)).Port;
        return api;
    }

    /// <summary>Completes when the worker at that address has asked for an event.</summary>
    public Task AskedAsync(string address) => Of(address).Asked.Task.WaitAsync(Waits.Longest);

    public Task<Answer> InitErrorAsync(string address) => Of(address).InitError.Task.WaitAsync(Waits.Longest);

    public async Task<Answer> InvokeAsync(string address, string payload, params (string Name, string Value)[] headers)
    {
        var invocation = new Invocation($"request-{Interlocked.Increment(ref _last)}", payload, headers);
        var caller = Of(address);
        caller.Running[invocation.Id] = invocation;
        await caller.Waiting.Writer.WriteAsync(invocation);
        return await invocation.Answered.Task.WaitAsync(Waits.Longest);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private Caller Of(string address) => _callers.GetOrAdd(address, _ => new Caller());

    private async Task HandleAsync(HttpContext context)
    {
        var local = context.Connection.LocalIpAddress!;
        var caller = Of((IPAddress.IsLoopback(local) ? local : context.Connection.RemoteIpAddress!).ToString());
        var parts = context.Request.Path.Value!.Split('/');
        if (parts is ["", "2018-06-01", "runtime", "invocation", "next"])
        {
            caller.Asked.TrySetResult();
            await SendAsync(context, await caller.Waiting.Reader.ReadAsync(context.RequestAborted));
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var answer = new Answer(
            parts[^1],
            await reader.ReadToEndAsync(),
            context.Request.Headers["Lambda-Runtime-Function-Error-Type"].ToString());
        if (parts is [_, _, _, "init", "error"])
            caller.InitError.TrySetResult(answer);
        else
            caller.Running[parts[4]].Answered.TrySetResult(answer);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await context.Response.WriteAsync("""{"status":"OK"}""");
    }

    private static async Task SendAsync(HttpContext context, Invocation invocation)
    {
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        headers["Lambda-Runtime-Deadline-Ms"] = $"{DateTimeOffset.UtcNow.AddSeconds(30).ToUnixTimeMilliseconds()}";
        headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:000000000000:function:orders";
        foreach (var (name, value) in invocation.Headers)
            headers[name] = value;
        await context.Response.WriteAsync(invocation.Payload);
    }

    /// <summary>The answers that workers posted: <c>response</c> or <c>error</c>.</summary>
    public sealed record Answer(string Kind, string Body, string ErrorType)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    }

    private sealed record Invocation(string Id, string Payload, (string Name, string Value)[] Headers)
    {
        public TaskCompletionSource<Answer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Caller
    {
        public Channel<Invocation> Waiting { get; } = Channel.CreateUnbounded<Invocation>();

        public ConcurrentDictionary<string, Invocation> Running { get; } = new();

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<Answer> InitError { get; } = new(
            TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

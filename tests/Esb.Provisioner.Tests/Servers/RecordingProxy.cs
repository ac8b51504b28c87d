using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Esb.Provisioner.Tests.Servers;

/// <summary>One recorded call.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Operation">The operation of DynamoDB, such as <c>DescribeTable</c>; empty for S3.</param>
/// <param name="Body">The body of the request.</param>
internal sealed record RecordedCall(string Method, string Target, string Operation, string Body)
{
    public bool IsChange => Operation.Length > 0
        ? !Operation.StartsWith("Describe", StringComparison.Ordinal)
            && !Operation.StartsWith("List", StringComparison.Ordinal)
        : Method is not ("GET" or "HEAD");

    public override string ToString() => Operation.Length > 0 ? Operation : $"{Method} {Target}";
}

/// <summary>A proxy in front of a store that records every call and can hold one back.</summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private static readonly string[] NotForwarded = ["Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Expect"];

    private static readonly TimeSpan Patience = Waits.Longest;

    private readonly HttpClient _client = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly ConcurrentQueue<RecordedCall> _calls = new();
    private readonly Uri _store;
    private readonly WebApplication _application;

    private RecordingProxy(Uri store)
    {
        _store = store;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        _application = builder.Build();
        _application.Run(ForwardAsync);
    }

    public Uri Address => new(_application.Urls.Single());

    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    public IReadOnlyList<RecordedCall> Changes => [.. _calls.Where(c => c.IsChange)];

    /// <summary>
    /// Awaited before a call is passed on, with a token that is cancelled when the caller disconnects. True: the call
    /// is dropped and gets no answer.
    /// </summary>
    public Func<RecordedCall, CancellationToken, Task<bool>>? Hold { get; set; }

    /// <summary>A hold that lasts until the caller has disconnected.</summary>
    public static Task UntilGoneAsync(CancellationToken gone) =>
        Task.Delay(Patience, gone).ContinueWith(_ => { }, TaskScheduler.Default);

    public static async Task<RecordingProxy> StartAsync(Uri store)
    {
        var proxy = new RecordingProxy(store);
        await proxy._application.StartAsync();
        return proxy;
    }

    public void Forget() => _calls.Clear();

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        var call = new RecordedCall(
            context.Request.Method, target, operation, System.Text.Encoding.UTF8.GetString(body.ToArray()));
        _calls.Enqueue(call);
        if (Hold is { } hold && await hold(call, context.RequestAborted))
        {
            context.Abort();
            return;
        }

        try
        {
            await PassAsync(context, target, body.ToArray());
        }
        catch (HttpRequestException)
        {
            context.Abort();
        }
    }

    private async Task PassAsync(HttpContext context, string target, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(
            _store.AbsoluteUri.TrimEnd('/') + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        // The signature covers the address that was called.
        request.Headers.Host = context.Request.Host.Value;
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!NotForwarded.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        }

        if (!HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(context.Response.Body);
    }
}

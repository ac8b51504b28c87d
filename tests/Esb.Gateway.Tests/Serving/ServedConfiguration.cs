using System.Net;
using System.Text;
using Esb.Gateway.Authorizers;
using Esb.Gateway.Bodies;
using Esb.Gateway.Configuration;
using Esb.Gateway.Invoking;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.Requests;
using Esb.Gateway.Settings;
using Esb.Gateway.Streaming;
using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Serving;

/// <summary>
/// The gateway's own chain from the socket to the pool, with routing.yml as text and C# functions that pull events as
/// workers do. Only processes are missing.
/// </summary>
internal sealed class ServedConfiguration : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, Func<byte[], string>> _functions;
    private readonly Dictionary<string, Func<ResponseStream, Task<InvocationResult>>> _streams = new(
        StringComparer.Ordinal);
    private readonly LiveConfiguration _live;
    private readonly TimeProvider _time;
    private Listener? _listener;
    private (string Text, RoutingFile File)? _routing;

    private ServedConfiguration(TimeProvider time, Dictionary<string, Func<byte[], string>> functions) =>
        (_time, _functions, _live) = (time, functions, new LiveConfiguration(time));

    public ClientMemoryLimits Bounds { get; init; } = ClientMemoryLimits.OfThisMachine(TimeProvider.System);

    /// <summary>The certificate for TLS and HTTP/2; null for plain HTTP.</summary>
    public TlsCertificate? Certificate { get; init; }

    /// <summary>The applications of functions from the next <see cref="Reload"/> on; others have none.</summary>
    public Dictionary<string, string> Owners { get; } = new(StringComparer.Ordinal);

    public int Port => _listener!.Address.Port;

    /// <summary>Starts a server. A function that throws fails with the exception's message.</summary>
    public static Task<ServedConfiguration> StartAsync(
        string routing,
        params (string Name, Func<byte[], string> Function)[] functions) =>
        StartAsync(TimeProvider.System, routing, functions);

    public static async Task<ServedConfiguration> StartAsync(
        TimeProvider time,
        string routing,
        params (string Name, Func<byte[], string> Function)[] functions)
    {
        var served = new ServedConfiguration(time, functions.ToDictionary(f => f.Name, f => f.Function));
        await served.ServeAsync(routing);
        return served;
    }

    /// <summary>Starts a server with TLS and HTTP/2.</summary>
    public static async Task<ServedConfiguration> StartAsync(
        TlsCertificate certificate,
        string routing,
        params (string Name, Func<byte[], string> Function)[] functions)
    {
        var byName = functions.ToDictionary(f => f.Name, f => f.Function);
        var served = new ServedConfiguration(TimeProvider.System, byName) { Certificate = certificate };
        await served.ServeAsync(routing);
        return served;
    }

    /// <summary>Starts a server with its own limits for clients.</summary>
    public static async Task<ServedConfiguration> StartAsync(
        ClientMemoryLimits bounds,
        string routing,
        params (string Name, Func<byte[], string> Function)[] functions)
    {
        var byName = functions.ToDictionary(f => f.Name, f => f.Function);
        var served = new ServedConfiguration(TimeProvider.System, byName) { Bounds = bounds };
        await served.ServeAsync(routing);
        return served;
    }

    /// <summary>Serves functions at their URLs, which stream their answers and return their results.</summary>
    public static Task<ServedConfiguration> StartStreamingAsync(
        string routing,
        params (string Name, Func<ResponseStream, Task<InvocationResult>> Function)[] functions) =>
        StartStreamingAsync(null, ClientMemoryLimits.OfThisMachine(TimeProvider.System), routing, functions);

    /// <summary>The same over TLS, or with its own limits.</summary>
    public static async Task<ServedConfiguration> StartStreamingAsync(
        TlsCertificate? certificate,
        ClientMemoryLimits bounds,
        string routing,
        params (string Name, Func<ResponseStream, Task<InvocationResult>> Function)[] functions)
    {
        var served = new ServedConfiguration(TimeProvider.System, []) { Certificate = certificate, Bounds = bounds };
        foreach (var (name, function) in functions)
            served._streams.Add(name, function);
        await served.ServeAsync(routing);
        return served;
    }

    /// <summary>
    /// Serves another routing.yml from the next request on; unchanged text is not parsed again, as in the gateway.
    /// </summary>
    public void Reload(string routing)
    {
        var diagnostics = new DiagnosticBag();
        var routes = _routing is { } before && before.Text == routing ? before.File : RoutingFile.Read(
            ConfigurationDocument.Parse(Encoding.UTF8.GetBytes(routing), "routing.yml", diagnostics)!, diagnostics);
        _routing = (routing, routes);
        var names = string.Concat(_functions.Keys.Select(n => $"  {n}: {{ code: /none, runtime: provided.al2023, "
            + $"handler: bootstrap{(Owners.TryGetValue(n, out var owner) ? $", application: {owner}" : "")} }}\n"))
            + string.Concat(_streams.Keys.Select(n => $"  {n}: {{ code: /none, runtime: provided.al2023, "
            + $"handler: bootstrap, url: {{ invoke_mode: RESPONSE_STREAM }} }}\n"));
        var functions = FunctionsFile.Read(
            ConfigurationDocument.Parse(Encoding.UTF8.GetBytes("functions:\n" + names), "functions.yml", diagnostics)!,
            diagnostics);
        if (diagnostics.HasErrors)
            throw new InvalidOperationException(diagnostics.First(d => d.Severity == Severity.Error).ToString());
        var control = new WorkerControl(worker => _ = WorkAsync(worker), _ => { });
        _live.Swap(new SnapshotBuilder(control, _time).Build(
            new WrittenConfiguration(Guid.NewGuid().ToString(), functions, routes),
            _live.Current,
            diagnostics).Snapshot);
    }

    public Task<RawAnswer> SendAsync(string request) => RawClient.SendAsync(Port, request);

    /// <summary>A GET request; each header is a line.</summary>
    public Task<RawAnswer> GetAsync(string target, params string[] headers) =>
        SendAsync($"GET {target} HTTP/1.1\nHost: api.example.com\n{string.Concat(headers.Select(h => h + "\n"))}\n");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_listener is not null)
        {
            await _listener.StopAsync(CancellationToken.None);
            await _listener.DisposeAsync();
        }

        _end.Dispose();
    }

    private async Task ServeAsync(string routing)
    {
        Reload(routing);
        var dispatcher = new Dispatcher(
            _live, new InvocationLog(new LogStore(null, NullLogger<LogStore>.Instance), _time), _time);
        var gatekeeper = new Gatekeeper(
            _live, new AuthorizerFactory(dispatcher, "eu-west-1", NullLogger<AuthorizerFactory>.Instance, _time));
        var handler = new RouteHandler(_live, gatekeeper, dispatcher, Bounds.Bodies, _time);
        _listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            RequestFraming.Around(handler.HandleAsync),
            NullLoggerFactory.Instance,
            new ListenerRules(options => PublicPort.Limit(options, 1000), Certificate: Certificate)
            {
                Answers = Bounds.Answers,
                AnswersHalfClosedFor = HalfClosed.MaxWait,
            });
        await _listener.StartAsync(CancellationToken.None);
    }

    private async Task WorkAsync(Worker worker)
    {
        while (await worker.Pool.NextAsync(worker, _end.Token) is { } invocation)
            worker.Pool.TryComplete(
                worker, invocation.RequestId, await AnswerAsync(worker.Pool.Spec.Function, invocation));
    }

    private async Task<InvocationResult> AnswerAsync(string function, Invocation invocation) =>
        _streams.TryGetValue(function, out var stream)
            ? await stream(invocation.Stream!)
            : Answer(function, invocation);

    private InvocationResult Answer(string function, Invocation invocation)
    {
        try
        {
            return InvocationResult.Success(Encoding.UTF8.GetBytes(_functions[function](invocation.Payload.ToArray())));
        }
        catch (InvalidOperationException e)
        {
            return InvocationResult.Error(InvocationOutcome.Failed, "Error", e.Message);
        }
    }
}

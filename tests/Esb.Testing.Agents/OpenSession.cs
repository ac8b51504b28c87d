using System.Collections.Concurrent;
using Esb.AgentProtocol;
using Grpc.Core;

namespace Esb.Testing.Agents;

/// <summary>One session, as a gateway has it: all events reported, in order.</summary>
public sealed class OpenSession : IAsyncDisposable
{
    private readonly AgentProtocol.Agent.AgentClient _calls;
    private readonly AsyncServerStreamingCall<AgentEvent> _call;
    private readonly Task _reading;
    private readonly ConcurrentQueue<AgentEvent> _events = new();
    private readonly CancellationTokenSource _closing = new();
    private int _last;

    private OpenSession(AgentProtocol.Agent.AgentClient calls)
    {
        _calls = calls;
        _call = calls.OpenSession(new OpenSessionRequest { Client = "test" });
        _reading = ReadAsync();
    }

    public string Id => _events.First().Opened.SessionId;

    public AgentEvent[] Events => [.. _events];

    public static async Task<OpenSession> OpenAsync(RunningAgent agent)
    {
        var session = new OpenSession(agent.Calls);
        await Eventually.TrueAsync(() => !session._events.IsEmpty, () => "no session was opened");
        return session;
    }

    public StartWorkerRequest Request(string runtime, string code, string handler, FakeRuntimeApi api) => new()
    {
        SessionId = Id,
        WorkerId = $"w{Interlocked.Increment(ref _last)}",
        Function = "orders",
        Revision = "0a1b2c3d",
        Runtime = runtime,
        Code = code,
        Handler = handler,
        MemorySize = 128,
        Timeout = 3,
        RuntimeApi = $"gateway:{api.Port}",
    };

    public async Task<StartWorkerResponse> StartAsync(StartWorkerRequest request) =>
        await _calls.StartWorkerAsync(request);

    public async Task<RpcException> RefusalAsync(StartWorkerRequest request)
    {
        try
        {
            await _calls.StartWorkerAsync(request);
        }
        catch (RpcException e)
        {
            return e;
        }

        throw new InvalidOperationException("the worker was started");
    }

    public async Task StopAsync(string workerId) =>
        await _calls.StopWorkerAsync(new StopWorkerRequest { SessionId = Id, WorkerId = workerId });

    public async Task<WorkerExited> ExitAsync(string workerId)
    {
        WorkerExited? exited = null;
        await Eventually.TrueAsync(
            () => (exited = Events.Select(e => e.Exited).FirstOrDefault(e => e?.WorkerId == workerId)) is not null,
            () => $"no exit of {workerId} was reported");
        return exited!;
    }

    public LogLine[] Lines(string workerId) =>
        [.. Events.Where(e => e.Logs?.WorkerId == workerId).SelectMany(e => e.Logs.Lines)];

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading;
        _call.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var agentEvent in _call.ResponseStream.ReadAllAsync(_closing.Token))
                _events.Enqueue(agentEvent);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // The test has closed it, or the agent has ended.
        }
    }
}

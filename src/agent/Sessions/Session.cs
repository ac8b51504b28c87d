using System.Collections.Concurrent;
using System.Threading.Channels;
using Esb.Agent.Backends;
using Esb.AgentProtocol;

namespace Esb.Agent.Sessions;

/// <summary>
/// The workers of one gateway and the events reported about them. No worker outlives its session. The queue of events
/// is bounded: a gateway that does not read blocks the output of its own workers only.
/// </summary>
internal sealed class Session(string id, IWorkerBackend backend)
{
    private const int QueuedEvents = 1024;

    private readonly Channel<AgentEvent> _events = Channel.CreateBounded<AgentEvent>(
        new BoundedChannelOptions(QueuedEvents) { SingleReader = true });
    private readonly ConcurrentDictionary<string, SessionWorker> _workers = new(StringComparer.Ordinal);
    private volatile bool _ending;

    public string Id => id;

    public ChannelReader<AgentEvent> Events => _events.Reader;

    /// <exception cref="CannotStartException">The specification cannot be started here.</exception>
    /// <exception cref="WorkerExistsException">The session already has a worker with that id.</exception>
    /// <exception cref="SessionEndedException">The session ended meanwhile.</exception>
    public async Task<RunningWorker> StartAsync(StartWorkerRequest request)
    {
        var worker = new SessionWorker(request.WorkerId);
        if (!_workers.TryAdd(request.WorkerId, worker))
            throw new WorkerExistsException();
        try
        {
            var running = await backend.StartAsync(request, lines => ReportAsync(Logs(request.WorkerId, lines)));
            worker.Reported = ReportExitAsync(worker, running);
            worker.Started.SetResult(running);
            if (!_ending)
                return running;
            // The session may have ended, and gone through its list of workers, before this worker was added to the
            // list.
            await StopAsync(request.WorkerId);
            throw new SessionEndedException();
        }
        catch (Exception) when (!worker.Started.Task.IsCompleted)
        {
            _workers.TryRemove(request.WorkerId, out _);
            worker.Started.SetResult(null);
            throw;
        }
    }

    /// <summary>
    /// Returns when the worker has ended and its exit was reported. Returns at once when there is no worker with that
    /// id.
    /// </summary>
    public async Task StopAsync(string workerId)
    {
        if (!_workers.TryGetValue(workerId, out var worker))
            return;
        worker.StopRequested = true;
        if (await worker.Started.Task is not { } running)
            return;
        await running.StopAsync();
        await worker.Reported;
    }

    /// <summary>Stops all workers and then the stream of events.</summary>
    public async Task EndAsync()
    {
        _ending = true;
        await Task.WhenAll(_workers.Keys.Select(StopAsync));
        _events.Writer.TryComplete();
    }

    /// <summary>
    /// Called when events are no longer read: further events are dropped, and all workers are stopped.
    /// </summary>
    public Task AbandonAsync()
    {
        _events.Writer.TryComplete();
        return EndAsync();
    }

    private async Task ReportExitAsync(SessionWorker worker, RunningWorker running)
    {
        var exit = await running.Exit;
        var exited = new WorkerExited
        {
            WorkerId = worker.Id,
            Reason = exit.Reason,
            OutOfMemory = exit.OutOfMemory,
            Requested = worker.StopRequested,
        };
        await ReportAsync(new AgentEvent { Exited = exited });
        // The worker is removed only now, because ending a session waits for the reports of the workers in the list and
        // then closes the queue.
        _workers.TryRemove(worker.Id, out _);
    }

    private async Task ReportAsync(AgentEvent agentEvent)
    {
        try
        {
            await _events.Writer.WriteAsync(agentEvent);
        }
        catch (ChannelClosedException)
        {
            // The gateway is gone, so nobody can receive the event.
        }
    }

    private static AgentEvent Logs(string workerId, IReadOnlyList<LogLine> lines)
    {
        var logs = new LogLines { WorkerId = workerId };
        logs.Lines.AddRange(lines);
        return new AgentEvent { Logs = logs };
    }
}

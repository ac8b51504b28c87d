using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>
/// The workers and the queue of one revision of a function. Workers pull: a worker that requests work takes the oldest
/// waiting event, or waits. When no worker is idle for an event, one is started, within the limits. Idle workers are
/// used last in, first out, so that surplus workers reach their idle timeout.
/// </summary>
internal sealed partial class WorkerPool(WorkerSpec spec, PoolLimits limits, WorkerControl control, TimeProvider time)
{
    // With more waiting events than this, a 429 is better than waiting: memory stays bounded, and the caller gets an
    // answer sooner.
    private const int MaxWaiting = 1_000;
    private const long MaxWaitingBytes = 64 * 1024 * 1024;

    // Guards all fields below and the state of the pool's workers. It is held for a few field accesses, never across an
    // await or a side effect.
    private readonly Lock _gate = new();
    private readonly List<Worker> _idle = [];
    private readonly LinkedList<Invocation> _waiting = [];
    private readonly HashSet<Worker> _workers = [];
    private long _waitingBytes;
    private bool _draining;

    public WorkerSpec Spec { get; } = spec;

    /// <summary>The limits, which a reload may change at any time.</summary>
    public PoolLimits Limits { get; private set; } = limits;

    /// <summary>The number of waiting events.</summary>
    public int QueueLength
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>The current workers.</summary>
    public IReadOnlyList<Worker> Snapshot()
    {
        lock (_gate)
            return [.. _workers];
    }

    /// <summary>
    /// Accepts an invocation or refuses it at once. False when the pool is being drained; the caller then passes it to
    /// the successor.
    /// </summary>
    public bool TrySubmit(Invocation invocation)
    {
        TaskCompletionSource<Invocation?>? wait = null;
        List<Worker>? started = null;
        InvocationResult? refused = null;
        lock (_gate)
        {
            if (_draining)
                return false;
            if (_idle.Count > 0)
            {
                var worker = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                wait = Assign(worker, invocation);
            }
            else
            {
                refused = Refusal(invocation);
                if (refused is null)
                {
                    Enqueue(invocation, first: false);
                    started = Grow();
                }
            }
        }

        wait?.SetResult(invocation);
        if (refused is not null)
            invocation.TryComplete(refused);
        Start(started);
        return true;
    }

    /// <summary>
    /// Called when a worker requests work. The task completes with an event, or with null when the worker must end.
    /// </summary>
    public Task<Invocation?> NextAsync(Worker worker, CancellationToken aborted)
    {
        Invocation? unanswered;
        TaskCompletionSource<Invocation?>? superseded;
        TaskCompletionSource<Invocation?> wait = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (worker.State == WorkerState.Stopped)
                return Task.FromResult<Invocation?>(null);
            unanswered = Release(worker);
            // If the worker is already waiting on another connection, the newer request counts.
            superseded = worker.Wait;
            worker.Wait = null;
            if (worker.State == WorkerState.Idle)
                _idle.Remove(worker);
            NoteAsked(worker);
            Take(worker, wait);
        }

        superseded?.TrySetResult(null);
        // AWS ends a runtime that requests work without answering. Here the event gets an error, and the worker gets
        // its next event.
        unanswered?.TryComplete(InvocationResult.Error(
            InvocationOutcome.Failed,
            "Runtime.NoResponse",
            $"RequestId: {unanswered.RequestId} Error: Runtime asked for the next event without answering"));
        if (worker.State == WorkerState.Stopped)
            control.Stop(worker);
        return wait.Task.IsCompleted ? wait.Task : WaitAsync(worker, wait, aborted);
    }

    /// <summary>Returns an event to the queue when the worker disconnected before the event was sent.</summary>
    public void Return(Worker worker, Invocation invocation)
    {
        List<Worker>? started;
        lock (_gate)
        {
            if (worker.Current != invocation)
                return;
            worker.Current = null;
            Forget(worker);
            Enqueue(invocation, first: true);
            started = Grow();
        }

        control.Stop(worker);
        Start(started);
    }

    /// <summary>Completes the worker's invocation. False when the worker has a different invocation or none.</summary>
    public bool TryComplete(Worker worker, string requestId, InvocationResult result)
    {
        Invocation invocation;
        lock (_gate)
        {
            if (worker.Current is not { } current || current.RequestId != requestId)
                return false;
            invocation = current;
            Release(worker);
        }

        return invocation.TryComplete(result);
    }

    private async Task<Invocation?> WaitAsync(
        Worker worker,
        TaskCompletionSource<Invocation?> wait,
        CancellationToken aborted)
    {
        using var registration = aborted.UnsafeRegister(_ => StopWaiting(worker, wait), null);
        return await wait.Task;
    }

    // The connection of the worker is closed. The worker may come back on another connection; if it died, its exit is
    // reported.
    private void StopWaiting(Worker worker, TaskCompletionSource<Invocation?> wait)
    {
        lock (_gate)
        {
            if (worker.Wait != wait || !_idle.Remove(worker))
                return;
            worker.Wait = null;
            Enter(worker, WorkerState.Starting);
        }

        wait.TrySetResult(null);
    }

    // Gives the worker an event, tells it to end, or adds it to the idle workers.
    private void Take(Worker worker, TaskCompletionSource<Invocation?> wait)
    {
        if (_workers.Count > Limits.MaxCapacity && !_draining)
        {
            // The limit was lowered, so surplus workers end when they return.
            Forget(worker);
            wait.SetResult(null);
        }
        else if (_waiting.First is { } oldest)
        {
            Dequeue(oldest);
            oldest.Value.ColdStart = worker.PreviousRequestId is null;
            Assign(worker, oldest.Value);
            wait.SetResult(oldest.Value);
        }
        else if (_draining)
        {
            Forget(worker);
            wait.SetResult(null);
        }
        else
        {
            Enter(worker, WorkerState.Idle);
            worker.Wait = wait;
            _idle.Add(worker);
        }
    }

    private TaskCompletionSource<Invocation?>? Assign(Worker worker, Invocation invocation)
    {
        var wait = worker.Wait;
        worker.Wait = null;
        Enter(worker, WorkerState.Busy);
        worker.Current = invocation;
        invocation.Started = new Moment(time.GetUtcNow(), worker.Since);
        invocation.Timeout = Limits.Timeout;
        return wait;
    }

    private static Invocation? Release(Worker worker)
    {
        var current = worker.Current;
        if (current is null)
            return null;
        (worker.PreviousRequestId, worker.PreviousDeadline, worker.PreviousStartedAt) =
            (current.RequestId, current.Deadline, current.Started?.Wall);
        worker.Current = null;
        return current;
    }

    private InvocationResult? Refusal(Invocation invocation)
    {
        if (Limits.MaxCapacity == 0)
            return Stopped();
        if (_waiting.Count >= MaxWaiting || _waitingBytes + invocation.Payload.Length > MaxWaitingBytes)
            return Refused($"{_waiting.Count} events already wait for a worker of '{Spec.Function}'");
        return _workers.Count == 0 && IsBackingOff ? _startError : null;
    }

    private InvocationResult Stopped() => Refused($"'{Spec.Function}' is stopped: its reserved concurrency is 0");

    private static InvocationResult Refused(string message) =>
        InvocationResult.Error(InvocationOutcome.Refused, "TooManyRequestsException", message);

    private void Enqueue(Invocation invocation, bool first)
    {
        _waitingBytes += invocation.Payload.Length;
        if (first)
            _waiting.AddFirst(invocation);
        else
            _waiting.AddLast(invocation);
    }

    private void Dequeue(LinkedListNode<Invocation> node)
    {
        _waitingBytes -= node.Value.Payload.Length;
        _waiting.Remove(node);
    }

    private void Enter(Worker worker, WorkerState state)
    {
        _starting += (state == WorkerState.Starting ? 1 : 0) - (worker.State == WorkerState.Starting ? 1 : 0);
        worker.State = state;
        worker.Since = time.Steady();
    }
}

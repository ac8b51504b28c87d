namespace Esb.Gateway.Workers;

/// <summary>
/// The workers and the queue of one revision of one function. Workers pull: one that asks takes the oldest event that waits, or
/// waits itself; an event that finds no idle worker starts one while there may be more. Idle workers are used last in, first out,
/// so that those too many grow old and go.
/// </summary>
internal sealed partial class WorkerPool(WorkerSpec spec, PoolLimits limits, WorkerControl control, TimeProvider time)
{
    // Guards all fields below and the state of the pool's workers. Held for a few field accesses, never across an await or an effect.
    private readonly Lock _gate = new();
    private readonly List<Worker> _idle = [];
    private readonly LinkedList<Invocation> _waiting = [];
    private readonly HashSet<Worker> _workers = [];
    private bool _draining;

    public WorkerSpec Spec { get; } = spec;

    /// <summary>May be replaced at any time by a reload.</summary>
    public PoolLimits Limits { get; set; } = limits;

    /// <summary>Takes an invocation in. False when the pool is being drained; its successor takes it then.</summary>
    public bool TrySubmit(Invocation invocation)
    {
        TaskCompletionSource<Invocation?>? wait = null;
        List<Worker> started = [];
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
                _waiting.AddLast(invocation);
                started = Grow();
            }
        }

        wait?.SetResult(invocation);
        started.ForEach(control.Start);
        return true;
    }

    /// <summary>
    /// A worker asks for work. Completes with an event, or with null when the worker is to go away.
    /// </summary>
    public Task<Invocation?> NextAsync(Worker worker, CancellationToken aborted)
    {
        Invocation? unanswered;
        TaskCompletionSource<Invocation?> wait;
        lock (_gate)
        {
            if (worker.State == WorkerState.Stopped)
                return Task.FromResult<Invocation?>(null);
            unanswered = Release(worker);
            wait = new TaskCompletionSource<Invocation?>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_waiting.First is { } oldest)
            {
                _waiting.RemoveFirst();
                oldest.Value.ColdStart = worker.State == WorkerState.Starting;
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
                worker.State = WorkerState.Idle;
                worker.IdleSince = time.GetUtcNow();
                worker.Wait = wait;
                _idle.Add(worker);
            }
        }

        // AWS ends a runtime that asks again without answering; here the event gets its error and the worker its next one.
        unanswered?.TryComplete(InvocationResult.Error(InvocationOutcome.Failed, "Runtime.NoResponse", $"RequestId: {unanswered.RequestId} Error: Runtime asked for the next event without answering"));
        if (worker.State == WorkerState.Stopped)
            control.Stop(worker);
        return wait.Task.IsCompleted ? wait.Task : WaitAsync(worker, wait, aborted);
    }

    /// <summary>The worker went away before the event was on its way to it: somebody else may have it, it was never seen.</summary>
    public void Return(Worker worker, Invocation invocation)
    {
        List<Worker> started;
        lock (_gate)
        {
            if (worker.Current != invocation)
                return;
            worker.Current = null;
            Forget(worker);
            _waiting.AddFirst(invocation);
            started = Grow();
        }

        control.Stop(worker);
        started.ForEach(control.Start);
    }

    /// <summary>A worker answers. False when it is not the event that it has.</summary>
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

    private async Task<Invocation?> WaitAsync(Worker worker, TaskCompletionSource<Invocation?> wait, CancellationToken aborted)
    {
        using var registration = aborted.UnsafeRegister(_ => StopWaiting(worker, wait), null);
        return await wait.Task;
    }

    // The connection on which it waited is gone. It may come back on another one; if it died, its exit is reported.
    private void StopWaiting(Worker worker, TaskCompletionSource<Invocation?> wait)
    {
        lock (_gate)
        {
            if (worker.Wait != wait || !_idle.Remove(worker))
                return;
            worker.Wait = null;
            worker.State = WorkerState.Starting;
        }

        wait.TrySetResult(null);
    }

    private TaskCompletionSource<Invocation?>? Assign(Worker worker, Invocation invocation)
    {
        var wait = worker.Wait;
        worker.Wait = null;
        worker.State = WorkerState.Busy;
        worker.Current = invocation;
        invocation.StartedAt = time.GetUtcNow();
        invocation.Deadline = invocation.StartedAt + Limits.Timeout;
        return wait;
    }

    private static Invocation? Release(Worker worker)
    {
        var current = worker.Current;
        if (current is null)
            return null;
        worker.Previous = current;
        worker.Current = null;
        return current;
    }

    // Workers that start are promised to the events that wait; start as many as the others need, all at once.
    private List<Worker> Grow()
    {
        var starting = _workers.Count(w => w.State == WorkerState.Starting);
        var wanted = Math.Max(_waiting.Count - starting, _draining ? 0 : Limits.MinCapacity - _workers.Count);
        List<Worker> started = [];
        for (var i = Math.Min(wanted, Limits.MaxCapacity - _workers.Count); i > 0; i--)
        {
            var worker = new Worker(Guid.NewGuid().ToString("N")[..12], this, time.GetUtcNow());
            _workers.Add(worker);
            started.Add(worker);
        }

        return started;
    }

    private void Forget(Worker worker)
    {
        worker.State = WorkerState.Stopped;
        _workers.Remove(worker);
        _idle.Remove(worker);
    }
}

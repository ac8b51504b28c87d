namespace Esb.Gateway.Workers;

/// <summary>How workers end: by themselves, by failing to start, by time, or because a newer revision replaces them.</summary>
internal sealed partial class WorkerPool
{
    private static readonly TimeSpan MaxStartPause = TimeSpan.FromSeconds(30);

    private int _failedStarts;
    private DateTimeOffset _noStartBefore;

    /// <summary>A worker reports that its function cannot be initialised; it will exit.</summary>
    public void InitFailed(Worker worker, InvocationResult error)
    {
        lock (_gate)
            worker.InitError = error;
    }

    /// <summary>The agent could not start a worker.</summary>
    public void StartFailed(Worker worker, string reason) =>
        Ended(worker, InvocationResult.Error(InvocationOutcome.WorkerLost, "Runtime.StartError", reason));

    /// <summary>A worker has exited by itself.</summary>
    public void Exited(Worker worker, string reason, bool outOfMemory)
    {
        var message = reason == "exit status 0" ? "Runtime exited without providing a reason" : $"Runtime exited with error: {reason}";
        var requestId = worker.Current?.RequestId;
        Ended(worker, InvocationResult.Error(
            InvocationOutcome.WorkerLost,
            outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError",
            requestId is null ? message : $"RequestId: {requestId} Error: {message}"));
    }

    /// <summary>Nothing is left of a pool that is drained.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return _draining && _workers.Count == 0 && _waiting.Count == 0;
        }
    }

    // Read without the lock: what changes meanwhile is swept an interval later.
    private bool HasNothingToSweep => _workers.Count == 0 && _waiting.Count == 0 && Limits.MinCapacity == 0;

    /// <summary>
    /// Takes no more. Gives back what no worker has seen yet, for the revision that follows; without one, and where an event has been
    /// moved before, it is served here. Workers that nobody needs any more go now, the others when they have answered.
    /// </summary>
    public IReadOnlyList<Invocation> Drain(bool hasSuccessor = true)
    {
        List<Worker> stopped;
        List<Invocation> unseen;
        lock (_gate)
        {
            _draining = true;
            unseen = hasSuccessor ? [.. _waiting.Where(i => !i.Moved)] : [];
            foreach (var invocation in unseen)
            {
                invocation.Moved = true;
                _waiting.Remove(invocation);
            }

            stopped = [.. _idle, .. _workers.Where(w => w.State == WorkerState.Starting).OrderBy(w => w.CreatedAt).Skip(_waiting.Count)];
            stopped.ForEach(Forget);
        }

        Dismiss(stopped);
        return unseen;
    }

    /// <summary>The agent is gone, and with it every worker: whoever had an event gets its error, the others wait for new workers.</summary>
    public void LoseAll(string reason)
    {
        foreach (var worker in Snapshot())
            Ended(worker, InvocationResult.Error(InvocationOutcome.WorkerLost, "Runtime.ExitError", $"Runtime exited with error: {reason}"), replace: false);
    }

    /// <summary>Starts what is missing, e.g. after the agent has come back.</summary>
    public void Refill()
    {
        List<Worker> started;
        lock (_gate)
        {
            if ((_draining && _waiting.Count == 0) || time.GetUtcNow() < _noStartBefore)
                return;
            started = Grow();
        }

        started.ForEach(control.Start);
    }

    /// <summary>Ends what has had its time: events that wait or run, workers that idle or never ask.</summary>
    public void Sweep()
    {
        if (HasNothingToSweep)
            return;
        var now = time.GetUtcNow();
        List<Invocation> refused = [];
        List<Worker> late;
        List<Worker> idle;
        lock (_gate)
        {
            for (var node = _waiting.First; node is not null && node.Value.SubmittedAt + Limits.AcquireTimeout <= now; node = _waiting.First)
            {
                refused.Add(node.Value);
                _waiting.RemoveFirst();
            }

            late = [.. _workers.Where(w => w is { State: WorkerState.Busy, Current: { } c } && c.Deadline <= now)];
            late.AddRange(_workers.Where(w => w.State == WorkerState.Starting && w.CreatedAt + PoolLimits.StartTimeout <= now));
            idle = [.. _idle.Where(w => w.IdleSince + Limits.IdleTimeout <= now).Take(Math.Max(0, _workers.Count - Limits.MinCapacity))];
            idle.ForEach(Forget);
        }

        refused.ForEach(i => i.TryComplete(InvocationResult.Error(InvocationOutcome.Refused, "TooManyRequestsException", $"no worker of '{Spec.Function}' was free within {Limits.AcquireTimeout.TotalSeconds:0} s")));
        Dismiss(idle);
        late.ForEach(GiveUp);
        Refill();
    }

    /// <summary>The workers at this moment.</summary>
    public IReadOnlyList<Worker> Snapshot()
    {
        lock (_gate)
            return [.. _workers];
    }

    /// <summary>How many events wait for a worker.</summary>
    public int QueueLength
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    private void GiveUp(Worker worker)
    {
        var seconds = worker.Current is null ? PoolLimits.StartTimeout : Limits.Timeout;
        var result = worker.Current is { } current
            ? InvocationResult.Error(InvocationOutcome.TimedOut, "Sandbox.Timedout", $"RequestId: {current.RequestId} Error: Task timed out after {seconds.TotalSeconds:0.00} seconds")
            : InvocationResult.Error(InvocationOutcome.WorkerLost, "Runtime.StartError", $"the worker did not ask for work within {seconds.TotalSeconds:0} s");
        control.Stop(worker);
        Ended(worker, result);
    }

    private void Ended(Worker worker, InvocationResult result, bool replace = true)
    {
        List<Invocation> failed = [];
        List<Worker> started = [];
        TaskCompletionSource<Invocation?>? wait;
        lock (_gate)
        {
            if (worker.State == WorkerState.Stopped)
                return;
            var neverAsked = worker.State == WorkerState.Starting;
            if (Release(worker) is { } running)
                failed.Add(running);
            wait = worker.Wait;
            worker.Wait = null;
            Forget(worker);
            NoteStart(failedToStart: neverAsked && replace);
            // A function that cannot start fails those who wait for it at once, unless others of its workers serve.
            if (neverAsked && replace && _workers.All(w => w.State == WorkerState.Starting))
            {
                failed.AddRange(_waiting);
                _waiting.Clear();
            }

            if (replace && _waiting.Count > 0)
                started = Grow();
        }

        wait?.TrySetResult(null);
        var outcome = worker.InitError ?? result;
        failed.ForEach(i => i.TryComplete(outcome));
        started.ForEach(control.Start);
    }

    // Only starts that nobody waits for (the minimum) are paused; an event always gets its try.
    private void NoteStart(bool failedToStart)
    {
        _failedStarts = failedToStart ? _failedStarts + 1 : 0;
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failedStarts, 5)) / 2);
        _noStartBefore = failedToStart ? time.GetUtcNow() + (pause < MaxStartPause ? pause : MaxStartPause) : default;
    }

    private void Dismiss(List<Worker> workers)
    {
        foreach (var worker in workers)
        {
            worker.Wait?.TrySetResult(null);
            control.Stop(worker);
        }
    }
}

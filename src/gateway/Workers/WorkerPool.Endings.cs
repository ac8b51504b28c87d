using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>How workers end: by themselves, by failing to start, by time, or because a newer revision replaces them.</summary>
internal sealed partial class WorkerPool
{
    /// <summary>Nothing is left of a pool that is drained.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return _draining && _workers.Count == 0 && _waiting.Count == 0;
        }
    }

    private bool AnyHasAsked => _workers.Any(w => w.HasAsked);

    // Read without the lock: what changes meanwhile is swept an interval later.
    private bool HasNothingToSweep => _workers.Count == 0 && _waiting.Count == 0 && Limits.MinCapacity == 0;

    /// <summary>A worker reports that its function cannot be initialised; it will exit. False when it had asked for work already.</summary>
    public bool TryFailInit(Worker worker, InvocationResult error)
    {
        lock (_gate)
        {
            if (worker.HasAsked)
                return false;
            worker.InitError ??= error;
            return true;
        }
    }

    /// <summary>There is no agent to start a worker: it has failed at nothing, and the events wait for the next one.</summary>
    public void NotBegun(Worker worker) =>
        Ended(worker, InvocationResult.Error(InvocationOutcome.PlatformLost, "Runtime.StartError", control.Obstacle() ?? "the agent ended"), replace: false);

    /// <summary>The agent could not start a worker.</summary>
    public void StartFailed(Worker worker, string reason) =>
        Ended(worker, InvocationResult.Error(InvocationOutcome.PlatformLost, "Runtime.StartError", reason));

    /// <summary>A worker has exited by itself.</summary>
    public void Exited(Worker worker, string reason, bool outOfMemory)
    {
        var message = reason == "exit status 0" ? "Runtime exited without providing a reason" : $"Runtime exited with error: {reason}";
        if (outOfMemory)
            message += $" (out of memory: the function may use {Spec.MemorySize} MB)";
        var requestId = worker.Current?.RequestId;
        Ended(worker, InvocationResult.Error(
            InvocationOutcome.WorkerLost,
            outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError",
            requestId is null ? message : $"RequestId: {requestId} Error: {message}"));
    }

    /// <summary>
    /// Takes no more. Gives back what no worker has seen yet, for the revision that follows; without one, and where an event has been
    /// moved before, it is served here. Workers that nobody needs any more go now, the others when they have answered.
    /// </summary>
    public IReadOnlyList<Invocation> Drain(bool hasSuccessor = true)
    {
        List<Worker> stopped;
        List<Invocation> unseen = [];
        lock (_gate)
        {
            _draining = true;
            for (var node = hasSuccessor ? _waiting.First : null; node is not null;)
            {
                var next = node.Next;
                if (!node.Value.Moved)
                {
                    node.Value.Moved = true;
                    unseen.Add(node.Value);
                    Dequeue(node);
                }

                node = next;
            }

            stopped = [.. _idle, .. _workers.Where(w => w.State == WorkerState.Starting).OrderBy(w => w.Since).Skip(_waiting.Count)];
            stopped.ForEach(Forget);
        }

        Dismiss(stopped);
        return unseen;
    }

    /// <summary>
    /// Takes other limits. Idle workers beyond them go now, the others when they have answered; where there may be none any more, events
    /// that wait are refused.
    /// </summary>
    public void Adjust(PoolLimits limits)
    {
        List<Worker> surplus;
        List<Invocation> refused = [];
        lock (_gate)
        {
            Limits = limits;
            surplus = [.. _idle.Take(Math.Max(_workers.Count - limits.MaxCapacity, 0))];
            surplus.ForEach(Forget);
            for (var node = limits.MaxCapacity == 0 ? _waiting.First : null; node is not null; node = _waiting.First)
            {
                refused.Add(node.Value);
                Dequeue(node);
            }
        }

        Dismiss(surplus);
        refused.ForEach(i => i.TryComplete(Stopped()));
    }

    /// <summary>The agent is gone, and with it every worker: whoever had an event gets its error, the others wait for new workers.</summary>
    public void LoseAll(string reason)
    {
        // Starts that failed with the agent say nothing about those with the next one.
        lock (_gate)
            _failedStarts = 0;
        foreach (var worker in Snapshot())
            Ended(worker, InvocationResult.Error(InvocationOutcome.PlatformLost, "Runtime.ExitError", $"Runtime exited with error: {reason}"), replace: false);
    }

    /// <summary>Ends what has had its time: events that wait or run, workers that idle, never ask, or do not come back.</summary>
    public void Sweep()
    {
        if (HasNothingToSweep)
            return;
        var now = time.Steady();
        List<Invocation>? refused = null;
        List<Worker>? late = null;
        List<Worker>? idle = null;
        InvocationResult? refusal = null;
        lock (_gate)
        {
            for (var node = _waiting.First; node is not null && node.Value.Submitted + Limits.AcquireTimeout <= now; node = _waiting.First)
            {
                (refused ??= []).Add(node.Value);
                Dequeue(node);
            }

            refusal = refused is null ? null : NotServed();
            var spare = _workers.Count - Limits.MinCapacity;
            foreach (var worker in _workers)
            {
                if (IsLate(worker, now))
                    (late ??= []).Add(worker);
            }

            // Oldest first: they are used last in, first out.
            for (var i = 0; i < _idle.Count && i < spare && _idle[i].Since + Limits.IdleTimeout <= now; i++)
                (idle ??= []).Add(_idle[i]);
            idle?.ForEach(Forget);
        }

        refused?.ForEach(i => i.TryComplete(refusal!));
        if (idle is not null)
            Dismiss(idle);
        late?.ForEach(GiveUp);
        Refill();
    }

    // That all the workers that there may be are busy is the caller's to know; that they have not come up is the platform's fault.
    private InvocationResult NotServed()
    {
        var waited = $"{Limits.AcquireTimeout.TotalSeconds:0} s";
        var up = _workers.Count(w => w.HasAsked);
        if (control.Obstacle() is { } obstacle)
            return NotStarted($"{obstacle}; no worker of '{Spec.Function}' could be started within {waited}");
        if (_starved)
            return Refused($"no worker of '{Spec.Function}' was free within {waited}, and the memory for workers is used up");
        return up >= Limits.MaxCapacity
            ? Refused($"no worker of '{Spec.Function}' was free within {waited}")
            : NotStarted($"workers of '{Spec.Function}' start too slowly: within {waited}, {up} of the {Limits.MaxCapacity} that it may have were up");
    }

    private static InvocationResult NotStarted(string message) => InvocationResult.Error(InvocationOutcome.PlatformLost, "Runtime.StartError", message);

    // One that has answered may still have something to do, as long as its event had time, and a moment more.
    private static bool IsLate(Worker worker, TimeSpan now) => worker.State switch
    {
        WorkerState.Busy when worker.Current is { } current => current.Deadline <= now,
        WorkerState.Busy => worker.PreviousDeadline + PoolLimits.StartTimeout <= now,
        WorkerState.Starting => worker.Since + PoolLimits.StartTimeout <= now,
        _ => false,
    };

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
        List<Worker>? started = null;
        TaskCompletionSource<Invocation?>? wait;
        var outcome = worker.InitError ?? result;
        lock (_gate)
        {
            if (worker.State == WorkerState.Stopped)
                return;
            if (Release(worker) is { } running)
                failed.Add(running);
            wait = worker.Wait;
            worker.Wait = null;
            Forget(worker);
            if (replace && !worker.HasAsked)
            {
                NoteFailedStart(outcome);
                TakeFailed(failed);
            }

            if (replace && _waiting.Count > 0)
                started = Grow();
        }

        wait?.TrySetResult(null);
        failed.ForEach(i => i.TryComplete(outcome));
        Start(started);
    }

    // Each start that fails costs one event its try, unless others of the workers serve; when no more are started for now, all of them.
    private void TakeFailed(List<Invocation> failed)
    {
        if (AnyHasAsked)
            return;
        while (_waiting.First is { } oldest && (failed.Count == 0 || (IsBackingOff && _workers.Count == 0)))
        {
            failed.Add(oldest.Value);
            Dequeue(oldest);
        }
    }

    private void Forget(Worker worker)
    {
        if (worker.State != WorkerState.Stopped)
            control.Memory.Release(Spec.MemorySize);
        Enter(worker, WorkerState.Stopped);
        _workers.Remove(worker);
        _idle.Remove(worker);
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

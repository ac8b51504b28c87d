using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>How workers end: by themselves, by a failed start, or by a newer revision.</summary>
internal sealed partial class WorkerPool
{
    /// <summary>Whether the pool has been drained completely.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return _draining && _workers.Count == 0 && _waiting.Count == 0;
        }
    }

    private bool HasInitialisedWorker => _workers.Any(w => w.HasRequestedWork);

    /// <summary>
    /// A worker reports a failed initialisation; it will exit. False when it had requested work before.
    /// </summary>
    public bool TryFailInit(Worker worker, InvocationResult error)
    {
        lock (_gate)
        {
            if (worker.HasRequestedWork)
                return false;
            worker.InitError ??= error;
            return true;
        }
    }

    /// <summary>
    /// There is no agent to start the worker: this is not a failure, and events wait for the next session.
    /// </summary>
    public void StartDeferred(Worker worker) =>
        Ended(
            worker,
            InvocationResult.Error(
                InvocationOutcome.PlatformLost, "Runtime.StartError", control.Obstacle() ?? "the agent ended"),
            replace: false);

    /// <summary>The agent could not start a worker.</summary>
    public void StartFailed(Worker worker, string reason) =>
        Ended(worker, InvocationResult.Error(InvocationOutcome.PlatformLost, "Runtime.StartError", reason));

    /// <summary>A worker has exited on its own.</summary>
    public void Exited(Worker worker, string reason, bool outOfMemory)
    {
        var message = reason == "exit status 0"
            ? "Runtime exited without providing a reason"
            : $"Runtime exited with error: {reason}";
        if (outOfMemory)
            message += $" (out of memory: the function may use {Spec.MemorySize} MB)";
        var requestId = worker.Current?.RequestId;
        Ended(worker, InvocationResult.Error(
            InvocationOutcome.WorkerLost,
            outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError",
            requestId is null ? message : $"RequestId: {requestId} Error: {message}"));
    }

    /// <summary>
    /// Accepts no more events. Returns those that no worker has taken, for the next revision; without a successor, or
    /// if an event has been moved before, it is served here. Idle workers stop now, the others after their answers.
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

            stopped =
            [
                .. _idle,
                .. _workers.Where(w => w.State == WorkerState.Starting).OrderBy(w => w.Since).Skip(_waiting.Count),
            ];
            stopped.ForEach(Forget);
        }

        Dismiss(stopped);
        return unseen;
    }

    /// <summary>
    /// Changes the limits. Idle workers beyond them stop now, the others after their answers. When no worker is allowed
    /// any more, waiting events are refused.
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

    /// <summary>
    /// The agent has ended, and every worker with it: running events get an error, waiting ones wait for new workers.
    /// </summary>
    public void AgentEnded(string reason)
    {
        // Failed starts with one agent do not count for the next one.
        lock (_gate)
            _failedStarts = 0;
        foreach (var worker in Snapshot())
            Ended(
                worker,
                InvocationResult.Error(
                    InvocationOutcome.PlatformLost, "Runtime.ExitError", $"Runtime exited with error: {reason}"),
                replace: false);
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
            if (replace && !worker.HasRequestedWork)
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

    // A failed start fails one waiting event, unless other workers serve; when no more are started for now, all of
    // them.
    private void TakeFailed(List<Invocation> failed)
    {
        if (HasInitialisedWorker)
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

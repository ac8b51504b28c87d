namespace Esb.Gateway.Workers;

/// <summary>How workers end: a start fails, a worker exits, or the agent ends.</summary>
internal sealed partial class WorkerPool
{
    private bool HasInitialisedWorker => _workers.Any(w => w.HasRequestedWork);

    /// <summary>
    /// Records that a worker has reported a failed initialisation; the worker will exit. False when the worker had
    /// already requested work.
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
    /// No agent is connected to start the worker. This is not a failure: events wait for the next session.
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
    /// The agent has ended, and all workers have ended with it. Running events get an error; waiting events wait for
    /// new workers.
    /// </summary>
    public void AgentEnded(string reason)
    {
        // Starts that failed with one agent do not count for the next one.
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

    // A failed start fails one waiting event, unless other workers serve events. If no more workers are started for
    // now, it fails all waiting events.
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
}

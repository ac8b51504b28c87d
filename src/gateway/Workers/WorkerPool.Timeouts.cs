using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>What happens when an event or a worker takes too long.</summary>
internal sealed partial class WorkerPool
{
    // Read without the lock: a concurrent change is handled one interval later.
    private bool HasNoTimeouts => _workers.Count == 0 && _waiting.Count == 0 && Limits.MinCapacity == 0;

    /// <summary>
    /// Enforces all timeouts: those of waiting and running events, and those of workers that stay idle, do not request
    /// work, or do not return after an answer.
    /// </summary>
    public void EnforceTimeouts()
    {
        if (HasNoTimeouts)
            return;
        var now = time.Steady();
        List<Invocation>? refused = null;
        List<Worker>? late = null;
        List<Worker>? idle = null;
        InvocationResult? refusal = null;
        lock (_gate)
        {
            for (var node = _waiting.First;
                node is not null && node.Value.Submitted + Limits.AcquireTimeout <= now;
                node = _waiting.First)
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

            // The oldest idle workers come first, since workers are used last in, first out.
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

    // The caller is throttled when all allowed workers are busy or the memory for workers is used up. Workers that have
    // not started are an error of the platform.
    private InvocationResult NotServed()
    {
        var waited = $"{Limits.AcquireTimeout.TotalSeconds:0} s";
        var up = _workers.Count(w => w.HasRequestedWork);
        if (control.Obstacle() is { } obstacle)
            return NotStarted($"{obstacle}; no worker of '{Spec.Function}' could be started within {waited}");
        if (_needsMemory)
            return Refused(
                $"no worker of '{Spec.Function}' was free within {waited}, and the memory for workers is used up");
        return up >= Limits.MaxCapacity
            ? Refused($"no worker of '{Spec.Function}' was free within {waited}")
            : NotStarted($"workers of '{Spec.Function}' start too slowly: within {waited}, "
                + $"{up} of the {Limits.MaxCapacity} that it may have were up");
    }

    private static InvocationResult NotStarted(string message) =>
        InvocationResult.Error(InvocationOutcome.PlatformLost, "Runtime.StartError", message);

    // After its answer, a worker may continue until the deadline of the event plus the start timeout.
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
            ? InvocationResult.Error(
                InvocationOutcome.TimedOut,
                "Sandbox.Timedout",
                $"RequestId: {current.RequestId} Error: Task timed out after {seconds.TotalSeconds:0.00} seconds")
            : InvocationResult.Error(
                InvocationOutcome.WorkerLost,
                "Runtime.StartError",
                $"the worker did not ask for work within {seconds.TotalSeconds:0} s");
        control.Stop(worker);
        Ended(worker, result);
    }
}

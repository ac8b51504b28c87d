namespace Esb.Gateway.Workers;

/// <summary>
/// How the pool dismisses workers: all of them when a newer revision replaces it, or those beyond new limits.
/// </summary>
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

    /// <summary>
    /// Accepts no more events. Returns the events that no worker has taken, for the next revision. Without a successor
    /// all events are still served here, and so is an event that has already been moved once. Idle workers stop now,
    /// the others after their answers.
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
    /// Changes the limits. Idle workers beyond the limits stop now, the others after their answers. When no workers are
    /// allowed any more, waiting events are refused.
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

    private void Dismiss(List<Worker> workers)
    {
        foreach (var worker in workers)
        {
            worker.Wait?.TrySetResult(null);
            control.Stop(worker);
        }
    }
}

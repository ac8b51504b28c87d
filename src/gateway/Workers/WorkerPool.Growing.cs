using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>How workers come: as many at once as events wait for, within the pool's limits and the memory that all pools share.</summary>
internal sealed partial class WorkerPool
{
    // A function that fails to start is tried at once so often; from then on with pauses, in which its callers get its last error at once.
    private const int PatientStarts = 3;

    private static readonly TimeSpan LongestStartPause = TimeSpan.FromSeconds(30);

    private int _starting;
    private int _failedStarts;
    private TimeSpan? _noStartBefore; // on the steady clock
    private InvocationResult? _startError;
    private volatile bool _starved;

    /// <summary>Whether it wants a worker for which there is no memory.</summary>
    public bool IsStarved => _starved;

    /// <summary>Since when its longest idle worker has nothing to do; null when none may go.</summary>
    public TimeSpan? IdleSince
    {
        get
        {
            lock (_gate)
                return _idle.Count > 0 && _workers.Count > Limits.MinCapacity ? _idle[0].Since : null;
        }
    }

    private bool IsBackingOff => _failedStarts >= PatientStarts && IsPausing;

    private bool IsPausing => _noStartBefore is { } before && time.Steady() < before;

    /// <summary>Starts what is missing, e.g. after a deploy or after the agent has come back.</summary>
    public void Refill()
    {
        List<Worker>? started;
        lock (_gate)
        {
            if ((_draining && _waiting.Count == 0) || (_failedStarts > 0 && _waiting.Count == 0 && IsPausing))
                return;
            // Where memory is short, everybody in turn gets one.
            started = Grow(_starved ? 1 : int.MaxValue);
        }

        Start(started);
    }

    /// <summary>How many workers have been started and have not asked for work yet.</summary>
    public int Starting
    {
        get
        {
            lock (_gate)
                return _starting;
        }
    }

    /// <summary>Starts workers until there are as many, as far as limits and memory let it: they are going to be needed.</summary>
    public void Warm(int count)
    {
        List<Worker>? started;
        lock (_gate)
            started = _draining ? null : Grow(atLeast: count);
        Start(started);
    }

    /// <summary>Lets the longest idle worker go, so that another function may have its memory. Never a busy one.</summary>
    public void GiveWay()
    {
        Worker worker;
        lock (_gate)
        {
            if (_idle.Count == 0 || _workers.Count <= Limits.MinCapacity)
                return;
            worker = _idle[0];
            Forget(worker);
        }

        Dismiss([worker]);
    }

    // Workers that start are promised to the events that wait; start as many as the others need, all at once.
    private List<Worker>? Grow(int atMost = int.MaxValue, int atLeast = 0)
    {
        _starved = false;
        var wanted = Math.Max(_waiting.Count - _starting, _draining ? 0 : Math.Max(Limits.MinCapacity, atLeast) - _workers.Count);
        wanted = Math.Min(Math.Min(wanted, atMost), Limits.MaxCapacity - _workers.Count);
        if (wanted <= 0 || IsBackingOff || control.Obstacle() is not null)
            return null;
        var started = new List<Worker>(wanted);
        for (; wanted > 0; wanted--)
        {
            if (!control.Memory.TryTake(Spec.MemorySize, Limits.Reserved is not null))
            {
                _starved = true;
                break;
            }

            var worker = new Worker(Guid.NewGuid().ToString("N")[..12], this, time.Now());
            _starting++;
            _workers.Add(worker);
            started.Add(worker);
        }

        return started;
    }

    private void Start(List<Worker>? workers)
    {
        foreach (var worker in workers ?? [])
            control.Start(worker);
    }

    private void NoteAsked(Worker worker)
    {
        if (worker.HasAsked)
            return;
        worker.HasAsked = true;
        _failedStarts = 0;
        _noStartBefore = null;
        _startError = null;
    }

    private void NoteFailedStart(InvocationResult error)
    {
        _failedStarts++;
        _startError = error;
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failedStarts, 6)) / 2);
        _noStartBefore = time.Steady() + (pause < LongestStartPause ? pause : LongestStartPause);
    }
}

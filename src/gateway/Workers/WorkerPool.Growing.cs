using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>
/// How workers start: one for each waiting event at once, within the pool's limits and the memory of all pools.
/// </summary>
internal sealed partial class WorkerPool
{
    // The number of failed starts that are retried at once. Further retries come after a pause, during which callers
    // get the last error at once.
    private const int ImmediateRetries = 3;

    private static readonly TimeSpan MaxStartPause = TimeSpan.FromSeconds(30);

    private int _starting;
    private int _failedStarts;
    private TimeSpan? _noStartBefore; // on the steady clock
    private InvocationResult? _startError;
    private volatile bool _needsMemory;

    /// <summary>Whether the pool needs a worker for which there is not enough memory.</summary>
    public bool NeedsMemory => _needsMemory;

    /// <summary>Since when the longest idle worker has been idle; null when no worker may be stopped.</summary>
    public TimeSpan? IdleSince
    {
        get
        {
            lock (_gate)
                return _idle.Count > 0 && _workers.Count > Limits.MinCapacity ? _idle[0].Since : null;
        }
    }

    private bool IsBackingOff => _failedStarts >= ImmediateRetries && IsPausing;

    private bool IsPausing => _noStartBefore is { } before && time.Steady() < before;

    /// <summary>Starts missing workers, for example after a deploy or when the agent is connected again.</summary>
    public void Refill()
    {
        List<Worker>? started;
        lock (_gate)
        {
            if ((_draining && _waiting.Count == 0) || (_failedStarts > 0 && _waiting.Count == 0 && IsPausing))
                return;
            // When memory is short, each pool in turn gets one worker.
            started = Grow(_needsMemory ? 1 : int.MaxValue);
        }

        Start(started);
    }

    /// <summary>The number of workers that have not requested work yet.</summary>
    public int Starting
    {
        get
        {
            lock (_gate)
                return _starting;
        }
    }

    /// <summary>Starts workers up to this number before they are needed, within the limits and the memory.</summary>
    public void Warm(int count)
    {
        List<Worker>? started;
        lock (_gate)
            started = _draining ? null : Grow(atLeast: count);
        Start(started);
    }

    /// <summary>
    /// Stops the longest idle worker, so that another function gets its memory. A busy worker is never stopped.
    /// </summary>
    public void StopLongestIdle()
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

    // Each starting worker will take one waiting event. For each further waiting event, one more worker is started at
    // once.
    private List<Worker>? Grow(int atMost = int.MaxValue, int atLeast = 0)
    {
        _needsMemory = false;
        var wanted = Math.Max(
            _waiting.Count - _starting, _draining ? 0 : Math.Max(Limits.MinCapacity, atLeast) - _workers.Count);
        wanted = Math.Min(Math.Min(wanted, atMost), Limits.MaxCapacity - _workers.Count);
        if (wanted <= 0 || IsBackingOff || control.Obstacle() is not null)
            return null;
        var started = new List<Worker>(wanted);
        for (; wanted > 0; wanted--)
        {
            if (!control.Memory.TryTake(Spec.MemorySize, Limits.Reserved is not null))
            {
                _needsMemory = true;
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
        if (worker.HasRequestedWork)
            return;
        worker.HasRequestedWork = true;
        _failedStarts = 0;
        _noStartBefore = null;
        _startError = null;
    }

    private void NoteFailedStart(InvocationResult error)
    {
        _failedStarts++;
        _startError = error;
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failedStarts, 6)) / 2);
        _noStartBefore = time.Steady() + (pause < MaxStartPause ? pause : MaxStartPause);
    }
}

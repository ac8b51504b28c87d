using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Clocks;

namespace Esb.Gateway.Asynchronous;

/// <summary>
/// The waiting events of each function. A function runs at most as many events at once as it may have workers, so that
/// a thousand events of one function delay neither the events of another nor synchronous requests. One timer serves all
/// events that wait for a later time.
/// </summary>
internal sealed class EventQueue : IDisposable
{
    private readonly Lock _gate = new(); // guards all fields below
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly PriorityQueue<PendingEvent, TimeSpan> _later = new();
    private readonly TimeProvider _time;
    private readonly Func<string, int> _capacityOf;
    private readonly Action<PendingEvent> _start;
    private readonly ITimer _timer;
    private bool _stopped;

    /// <param name="capacityOf">The maximum number of running events of a function; at least one may run.</param>
    /// <param name="start">Runs an event and calls <see cref="Ended"/>. Must not block. Called without a lock.</param>
    /// <param name="time">Clock and timer.</param>
    public EventQueue(Func<string, int> capacityOf, Action<PendingEvent> start, TimeProvider time)
    {
        _capacityOf = capacityOf;
        _start = start;
        _time = time;
        _timer = time.CreateTimer(
            static queue => ((EventQueue)queue!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many events are running.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return _lanes.Values.Sum(l => l.Running);
        }
    }

    /// <summary>Adds an event, to be run at its <see cref="PendingEvent.Due"/>.</summary>
    public void Add(PendingEvent pending)
    {
        List<PendingEvent> due = [];
        lock (_gate)
        {
            if (pending.Due > _time.Steady())
            {
                _later.Enqueue(pending, pending.Due);
                SetTimer();
            }
            else
            {
                var lane = LaneOf(pending.Function);
                lane.Ready.Enqueue(pending);
                Take(lane, pending.Function, due);
            }
        }

        due.ForEach(_start);
    }

    /// <summary>Called when an event of the function has ended.</summary>
    public void Ended(string function)
    {
        List<PendingEvent> due = [];
        lock (_gate)
        {
            var lane = LaneOf(function);
            lane.Running--;
            Take(lane, function, due);
            if (lane is { Running: 0, Ready.Count: 0 })
                _lanes.Remove(function);
        }

        due.ForEach(_start);
    }

    /// <summary>Starts no more events.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopped = true;
    }

    public void Dispose() => _timer.Dispose();

    private void Wake()
    {
        List<PendingEvent> due = [];
        lock (_gate)
        {
            var now = _time.Steady();
            while (_later.TryPeek(out var next, out var at) && at <= now)
            {
                _later.Dequeue();
                LaneOf(next.Function).Ready.Enqueue(next);
                Take(LaneOf(next.Function), next.Function, due);
            }

            SetTimer();
        }

        due.ForEach(_start);
    }

    private void Take(Lane lane, string function, List<PendingEvent> due)
    {
        var capacity = Math.Max(1, _capacityOf(function));
        while (!_stopped && lane.Running < capacity && lane.Ready.TryDequeue(out var next))
        {
            lane.Running++;
            due.Add(next);
        }
    }

    private Lane LaneOf(string function)
    {
        if (!_lanes.TryGetValue(function, out var lane))
            _lanes[function] = lane = new Lane();
        return lane;
    }

    private void SetTimer()
    {
        if (_stopped || !_later.TryPeek(out _, out var at))
            return;
        // Rounded up to whole milliseconds, so that the event is due when the timer fires. The timer waits a minute at
        // most, to notice that the machine has been asleep.
        var wait = Math.Ceiling(Math.Clamp((at - _time.Steady()).TotalMilliseconds, 0, 60_000));
        _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }

    private sealed class Lane
    {
        public Queue<PendingEvent> Ready { get; } = new();

        public int Running { get; set; }
    }
}

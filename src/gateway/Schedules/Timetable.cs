namespace Esb.Gateway.Schedules;

/// <summary>
/// Calls what is due. One timer for all schedules, set for the next one; a schedule that stays through a reload keeps its time. What was
/// missed, because the machine slept or the gateway was down, is not made up: one call, then on from now.
/// </summary>
internal sealed class Timetable : IDisposable
{
    // Due times are of the wall clock, the timer is not: looking again this often follows a clock that is set.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ScheduledCall, Entry> _entries = [];
    private readonly Lock _lock = new(); // guards _entries
    private readonly TimeProvider _time;
    private readonly Action<ScheduledCall, DateTimeOffset> _call;
    private readonly ITimer _timer;

    /// <param name="time">Clock and timer.</param>
    /// <param name="call">Called with what is due and when it was to be. Must not throw and must not block.</param>
    public Timetable(TimeProvider time, Action<ScheduledCall, DateTimeOffset> call)
    {
        _time = time;
        _call = call;
        _timer = time.CreateTimer(static table => ((Timetable)table!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Replaces what is to be called. New schedules count from now.</summary>
    public void Apply(IReadOnlyDictionary<ScheduledCall, ScheduleExpression> wanted)
    {
        lock (_lock)
        {
            foreach (var gone in _entries.Keys.Where(k => !wanted.ContainsKey(k)).ToArray())
                _entries.Remove(gone);
            var now = _time.GetUtcNow();
            foreach (var (call, expression) in wanted)
            {
                if (!_entries.ContainsKey(call) && expression.Next(now) is { } due)
                    _entries.Add(call, new Entry(expression, due));
            }

            SetTimer(now);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Run()
    {
        List<(ScheduledCall Call, DateTimeOffset Due)> due = [];
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            foreach (var (call, entry) in _entries)
            {
                if (entry.Due <= now)
                    due.Add((call, entry.Due));
            }

            foreach (var (call, at) in due)
            {
                if (_entries[call].After(at, now) is { } next)
                    _entries[call] = next;
                else
                    _entries.Remove(call);
            }

            SetTimer(now);
        }

        foreach (var (call, at) in due)
            _call(call, at);
    }

    private void SetTimer(DateTimeOffset now)
    {
        if (_entries.Count == 0)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = _entries.Values.Min(e => e.Due) - now;
        // Whole milliseconds and upwards: a timer that is early would only be set once more.
        var milliseconds = Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, LongestWait.TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    private sealed record Entry(ScheduleExpression Expression, DateTimeOffset Due)
    {
        public Entry? After(DateTimeOffset ran, DateTimeOffset now)
        {
            var next = Expression.Next(ran);
            if (next <= now)
                next = Expression.Next(now);
            return next is { } due ? this with { Due = due } : null;
        }
    }
}

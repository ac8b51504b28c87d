using Esb.Schema.Schedules;

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
    private readonly Lock _calls = new(); // held while what is due is called, so that the end comes before or after it; taken before _lock
    private readonly Lock _lock = new(); // guards _entries and _ended
    private readonly TimeProvider _time;
    private readonly Action<ScheduledCall, DateTimeOffset> _call;
    private readonly ITimer _timer;
    private bool _ended;

    /// <param name="time">Clock and timer.</param>
    /// <param name="call">Called with what is due and when it was to be. Must not throw and must not block.</param>
    public Timetable(TimeProvider time, Action<ScheduledCall, DateTimeOffset> call)
    {
        _time = time;
        _call = call;
        _timer = time.CreateTimer(static table => ((Timetable)table!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Replaces what is to be called. New schedules count from now.</summary>
    public void Apply(IReadOnlyDictionary<ScheduledCall, ScheduleExpression> wanted) => Apply(wanted, new Dictionary<ScheduledCall, DateTimeOffset>());

    /// <summary>The same, but a schedule that another timetable kept so far is due when it was there; at once, if that is past.</summary>
    public void Apply(IReadOnlyDictionary<ScheduledCall, ScheduleExpression> wanted, IReadOnlyDictionary<ScheduledCall, DateTimeOffset> kept)
    {
        lock (_lock)
        {
            if (_ended)
                return;
            foreach (var gone in _entries.Keys.Where(k => !wanted.ContainsKey(k)).ToArray())
                _entries.Remove(gone);
            var now = _time.GetUtcNow();
            foreach (var (call, expression) in wanted)
            {
                if (!_entries.ContainsKey(call) && (kept.TryGetValue(call, out var at) ? at : expression.Next(now)) is { } due)
                    _entries.Add(call, new Entry(expression, due));
            }

            SetTimer(now);
        }
    }

    /// <summary>Calls nothing any more, and says when each schedule would have been due next: what is not in it was called here.</summary>
    public IReadOnlyDictionary<ScheduledCall, DateTimeOffset> End()
    {
        lock (_calls)
        {
            lock (_lock)
            {
                var left = _entries.ToDictionary(e => e.Key, e => e.Value.Due);
                _ended = true;
                _entries.Clear();
                return left;
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Run()
    {
        lock (_calls)
        {
            foreach (var (call, at) in TakeDue())
                _call(call, at);
        }
    }

    private List<(ScheduledCall Call, DateTimeOffset Due)> TakeDue()
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

        return due;
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

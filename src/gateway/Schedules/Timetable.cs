using Esb.Gateway.Clocks;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Schedules;

/// <summary>
/// Calls what is due. One timer for all schedules, set for the next one; a schedule that stays through a reload keeps its time. What was
/// missed, because the machine slept or the gateway was down, is not made up: one call, then on from now. A clock that is set changes
/// nothing for rates; what is due at a time of day follows it.
/// </summary>
internal sealed class Timetable : IDisposable
{
    // Neither clock is the timer's: looking again this often follows one that is set, and a machine that slept.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ScheduledCall, Appointment> _entries = [];
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
            var now = _time.Now();
            foreach (var (call, expression) in wanted)
            {
                if (!_entries.ContainsKey(call))
                    _entries.Add(call, Appointment.Of(expression, now, kept.TryGetValue(call, out var at) ? at : null));
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
                var now = _time.Now();
                var left = _entries.Where(e => e.Value.Due(now) is not null).ToDictionary(e => e.Key, e => e.Value.Due(now)!.Value);
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
            var now = _time.Now();
            foreach (var (call, entry) in _entries.ToArray())
            {
                var seen = entry.Seen(now);
                if (seen.Wait(now) <= TimeSpan.Zero && seen.Due(now) is { } at)
                {
                    due.Add((call, at));
                    seen = seen.Called(now);
                }

                _entries[call] = seen;
            }

            SetTimer(now);
        }

        return due;
    }

    private void SetTimer(Moment now)
    {
        if (_entries.Values.Min(e => e.Wait(now)) is not { } wait)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Whole milliseconds and upwards: a timer that is early would only be set once more.
        var milliseconds = Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, LongestWait.TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}

using Esb.Gateway.Clocks;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Schedules;

/// <summary>
/// Calls schedules when they are due. One timer, set for the next run, serves all schedules. A schedule that survives a
/// reload keeps its next run. Runs that were missed because the machine slept or the gateway was down result in a
/// single call. Setting the clock does not affect rates, but times of day follow the clock.
/// </summary>
internal sealed class ScheduleTimer : IDisposable
{
    // The timer follows neither clock. Checking this often detects that the clock was set or that the machine slept.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ScheduledCall, NextRun> _entries = [];
    // Held during due calls, so that End runs either before or after them; taken before _lock.
    private readonly Lock _calls = new();
    private readonly Lock _lock = new(); // guards _entries and _ended
    private readonly TimeProvider _time;
    private readonly Action<ScheduledCall, DateTimeOffset> _call;
    private readonly ITimer _timer;
    private bool _ended;

    /// <param name="time">The clock and the timer.</param>
    /// <param name="call">Called with a due call and the time at which it was due. Must not throw or block.</param>
    public ScheduleTimer(TimeProvider time, Action<ScheduledCall, DateTimeOffset> call)
    {
        _time = time;
        _call = call;
        _timer = time.CreateTimer(
            static table => ((ScheduleTimer)table!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Replaces the schedules. New schedules count from now.</summary>
    public void Apply(IReadOnlyDictionary<ScheduledCall, ScheduleExpression> wanted) =>
        Apply(wanted, new Dictionary<ScheduledCall, DateTimeOffset>());

    /// <summary>
    /// Replaces the schedules. A schedule that the previous gateway had keeps its next run, or is due at once if that
    /// time is past.
    /// </summary>
    public void Apply(
        IReadOnlyDictionary<ScheduledCall, ScheduleExpression> wanted,
        IReadOnlyDictionary<ScheduledCall, DateTimeOffset> kept)
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
                    _entries.Add(call, NextRun.Of(expression, now, kept.TryGetValue(call, out var at) ? at : null));
            }

            SetTimer(now);
        }
    }

    /// <summary>Stops calling, and returns the next run of each schedule. All earlier runs were called here.</summary>
    public IReadOnlyDictionary<ScheduledCall, DateTimeOffset> End()
    {
        lock (_calls)
        {
            lock (_lock)
            {
                var now = _time.Now();
                var left = _entries.Where(e => e.Value.Due(now) is not null)
                    .ToDictionary(e => e.Key, e => e.Value.Due(now)!.Value);
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
                var seen = entry.AfterClockChange(now);
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

        // The wait is rounded up to whole milliseconds, since a timer that fires early would have to be set again.
        var milliseconds = Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, MaxWait.TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}

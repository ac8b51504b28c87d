namespace Esb.Gateway.Tests.Schedules;

/// <summary>A clock that stands still until it is moved, with timers that run on whoever moves it.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    private DateTimeOffset _now = now;

    /// <summary>How often a timer has run.</summary>
    public int Wakings { get; private set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves on, and runs what becomes due at the time when it does.</summary>
    public void Advance(TimeSpan by)
    {
        var end = _now + by;
        while (_timers.Where(t => t.Due <= end).MinBy(t => t.Due) is { Due: { } due } timer)
        {
            _now = due > _now ? due : _now;
            Wakings++;
            timer.Run();
        }

        _now = end;
    }

    /// <summary>Sets the clock without running anything, as an administrator does, or a machine that slept.</summary>
    public void Set(DateTimeOffset now)
    {
        foreach (var timer in _timers)
            timer.Due += now - _now;
        _now = now;
    }

    private sealed class ManualTimer(ManualTime time, Action run) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public void Run()
        {
            Due = null;
            run();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            return true;
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

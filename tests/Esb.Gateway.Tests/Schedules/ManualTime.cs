namespace Esb.Gateway.Tests.Schedules;

/// <summary>Clocks that advance only on request, with timers that run on the thread that advances them.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    private DateTimeOffset _now = now;
    private TimeSpan _steady;
    private TimeSpan _awake; // the clock of timers

    /// <summary>How often a timer has run.</summary>
    public int TimerRuns { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _steady.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Advances, and runs each timer at its time.</summary>
    public void Advance(TimeSpan by)
    {
        var end = _awake + by;
        while (_timers.Where(t => t.Due <= end).MinBy(t => t.Due) is { Due: { } due } timer)
        {
            Pass(due > _awake ? due - _awake : TimeSpan.Zero);
            TimerRuns++;
            timer.Run();
        }

        Pass(end - _awake);
    }

    /// <summary>Sets the wall clock, as an administrator or a time server does. Runs nothing.</summary>
    public void Set(DateTimeOffset now) => _now = now;

    /// <summary>The machine sleeps: time passes without any timer.</summary>
    public void Sleep(TimeSpan duration)
    {
        _now += duration;
        _steady += duration;
    }

    private void Pass(TimeSpan duration)
    {
        Sleep(duration);
        _awake += duration;
    }

    private sealed class ManualTimer(ManualTime time, Action run) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public void Run()
        {
            Due = null;
            run();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._awake + dueTime;
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

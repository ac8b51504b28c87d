using System.Collections.Concurrent;
using System.Diagnostics;

namespace Esb.Tables.Tests.Storage;

/// <summary>A clock that a test moves; timers fire when it does.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly ConcurrentDictionary<Timer, TimerCallback> _timers = new();
    private long _timestamp;
    private DateTimeOffset _now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock for durations moves at each look; null for the real one.</summary>
    public TimeSpan? Tick { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => Tick is { } tick
        ? _timestamp += tick.Ticks
        : Stopwatch.GetElapsedTime(0).Ticks;

    public void Advance(TimeSpan time)
    {
        _now += time;
        foreach (var callback in _timers.Values)
            callback(null);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this);
        _timers[timer] = callback;
        callback(state);
        return timer;
    }

    private sealed class Timer(ManualTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time._timers.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace Esb.Gateway.Configuration;

/// <summary>
/// Statistics of reloads since the start of the gateway. Written by one reload at a time, read by any thread; two
/// figures may be from different reloads.
/// </summary>
internal sealed class ReloadStatistics
{
    private long _served;
    private long _failed;
    private long _unchanged;
    private long _ticks;
    private long _lastTicks;

    /// <summary>How many reloads swapped in a new snapshot.</summary>
    public long Served => Volatile.Read(ref _served);

    /// <summary>How many reloads found invalid files.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>How many reloads found the configuration unchanged.</summary>
    public long Unchanged => Volatile.Read(ref _unchanged);

    /// <summary>The total time from the first look at changed files to the swap, of all successful reloads.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    /// <summary>The time that the last successful reload took, measured in the same way.</summary>
    public TimeSpan LastDuration => TimeSpan.FromTicks(Volatile.Read(ref _lastTicks));

    public void CountServed(TimeSpan duration)
    {
        Interlocked.Add(ref _ticks, duration.Ticks);
        Volatile.Write(ref _lastTicks, duration.Ticks);
        Interlocked.Increment(ref _served);
    }

    public void CountFailed() => Interlocked.Increment(ref _failed);

    public void CountUnchanged() => Interlocked.Increment(ref _unchanged);
}

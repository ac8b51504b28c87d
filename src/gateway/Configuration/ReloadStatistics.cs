namespace Esb.Gateway.Configuration;

/// <summary>What reloads have done since the gateway started. Written by one reload at a time, read by anyone; figures may be a reload apart.</summary>
internal sealed class ReloadStatistics
{
    private long _served;
    private long _failed;
    private long _unchanged;
    private long _ticks;
    private long _lastTicks;

    /// <summary>Reloads that put a new configuration into service.</summary>
    public long Served => Volatile.Read(ref _served);

    /// <summary>Reloads whose files could not be used.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Reloads that found what is served already.</summary>
    public long Unchanged => Volatile.Read(ref _unchanged);

    /// <summary>From the first look at changed files to the swap, all reloads that served something together.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    /// <summary>The same of the last one.</summary>
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

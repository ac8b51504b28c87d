namespace Esb.Gateway.Workers;

/// <summary>What a function has done since the gateway started. Lives on through reloads. Lock-free; figures may be a call apart.</summary>
internal sealed class FunctionStatistics(TimeProvider time)
{
    private const int Samples = 512;
    private const int Seconds = 60;

    private readonly Lock _recentGate = new(); // guards the content of _recent
    // Made at the first call: most of many functions are never called.
    private double[]? _milliseconds;
    private (long Second, int Calls)[]? _recent;
    private long _calls;
    private long _errors;
    private long _coldStarts;
    private Failure? _lastFailure;

    public long Calls => Interlocked.Read(ref _calls);

    public long Errors => Interlocked.Read(ref _errors);

    public long ColdStarts => Interlocked.Read(ref _coldStarts);

    public Failure? LastFailure => Volatile.Read(ref _lastFailure);

    public void Record(TimeSpan duration, bool coldStart, InvocationResult result)
    {
        var samples = LazyInitializer.EnsureInitialized(ref _milliseconds, () => new double[Samples]);
        var call = Interlocked.Increment(ref _calls);
        samples[(call - 1) % Samples] = duration.TotalMilliseconds;
        if (coldStart)
            Interlocked.Increment(ref _coldStarts);
        CountRecent();
        if (result.Outcome == InvocationOutcome.Succeeded)
            return;
        Interlocked.Increment(ref _errors);
        Volatile.Write(ref _lastFailure, new Failure(time.GetUtcNow(), result.ErrorMessage()));
    }

    /// <summary>Of the last calls, in milliseconds; null before the first one.</summary>
    public (double P50, double P99)? Latency()
    {
        var count = (int)Math.Min(Calls, Samples);
        if (count == 0 || Volatile.Read(ref _milliseconds) is not { } samples)
            return null;
        var sorted = samples.AsSpan(0, count).ToArray();
        Array.Sort(sorted);
        return (sorted[(count - 1) / 2], sorted[(int)Math.Ceiling(count * 0.99) - 1]);
    }

    public int CallsInLastMinute()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_recentGate)
            return _recent?.Where(r => r.Second > now - Seconds).Sum(r => r.Calls) ?? 0;
    }

    private void CountRecent()
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_recentGate)
        {
            _recent ??= new (long, int)[Seconds];
            ref var slot = ref _recent[second % Seconds];
            slot = slot.Second == second ? (second, slot.Calls + 1) : (second, 1);
        }
    }

    /// <summary>The last call that did not succeed.</summary>
    internal sealed record Failure(DateTimeOffset At, string Message);
}

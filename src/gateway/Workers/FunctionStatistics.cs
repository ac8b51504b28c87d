using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>
/// The statistics of a function since the start of the gateway, which survive reloads. Lock-free, so two figures may
/// differ by a call that is just being counted.
/// </summary>
internal sealed class FunctionStatistics(TimeProvider time)
{
    private const int Samples = 512;
    private const int Seconds = 60;

    private static readonly int Outcomes = Enum.GetValues<InvocationOutcome>().Length;

    private readonly long[] _outcomes = new long[Outcomes];

    // Both arrays are created at the first call, since many functions are never called.
    private double[]? _milliseconds;
    private long[]? _recent;
    private DurationHistogram? _durations;
    private long _calls;
    private long _coldStarts;
    private Failure? _lastFailure;

    public long Calls => Interlocked.Read(ref _calls);

    public long Errors => Calls - Count(InvocationOutcome.Succeeded);

    public long ColdStarts => Interlocked.Read(ref _coldStarts);

    public Failure? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>The durations of all calls; null before the first call.</summary>
    public DurationHistogram? Durations => Volatile.Read(ref _durations);

    /// <summary>The number of invocations with this outcome.</summary>
    public long Count(InvocationOutcome outcome) => Interlocked.Read(ref _outcomes[(int)outcome]);

    public void Record(TimeSpan duration, bool coldStart, InvocationResult result)
    {
        var samples = LazyInitializer.EnsureInitialized(ref _milliseconds, () => new double[Samples]);
        Interlocked.Increment(ref _outcomes[(int)result.Outcome]);
        var call = Interlocked.Increment(ref _calls);
        samples[(call - 1) % Samples] = duration.TotalMilliseconds;
        LazyInitializer.EnsureInitialized(ref _durations, () => new DurationHistogram()).Record(duration);
        if (coldStart)
            Interlocked.Increment(ref _coldStarts);
        CountRecent();
        if (result.Outcome != InvocationOutcome.Succeeded)
            Volatile.Write(
                ref _lastFailure, new Failure(time.GetUtcNow(), result.ErrorMessage(InvocationResult.ShortText)));
    }

    /// <summary>Percentiles of the last calls in milliseconds; null before the first call.</summary>
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
        var now = Second();
        var calls = 0;
        foreach (var slot in Volatile.Read(ref _recent) ?? [])
            calls += slot >> 32 > now - Seconds ? (int)slot : 0;
        return calls;
    }

    // A slot contains its second and its number of calls, so that both change in one step.
    private void CountRecent()
    {
        var second = Second();
        ref var slot = ref LazyInitializer.EnsureInitialized(ref _recent, () => new long[Seconds])[second % Seconds];
        long seen;
        do
            seen = Interlocked.Read(ref slot);
        while (Interlocked.CompareExchange(
            ref slot, seen >> 32 == second ? seen + 1 : (second << 32) + 1, seen) != seen);
    }

    private long Second() => (long)time.Steady().TotalSeconds;

    /// <summary>The last call that did not succeed.</summary>
    internal sealed record Failure(DateTimeOffset At, string Message);
}

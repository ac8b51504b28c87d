namespace Esb.Gateway.Workers;

/// <summary>
/// Durations of calls in fixed buckets, so that the figures of several gateways can be added. Lock-free.
/// </summary>
internal sealed class DurationHistogram
{
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _microseconds;

    /// <summary>
    /// The upper bounds of the buckets in seconds, from a warm call of a fast runtime to Lambda's maximum timeout.
    /// </summary>
    public static double[] Bounds { get; } =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];

    /// <summary>The total duration of all calls in seconds.</summary>
    public double Sum => Interlocked.Read(ref _microseconds) / 1e6;

    public void Record(TimeSpan duration)
    {
        var at = 0;
        while (at < Bounds.Length && duration.TotalSeconds > Bounds[at])
            at++;
        Interlocked.Increment(ref _counts[at]);
        Interlocked.Add(ref _microseconds, (long)duration.TotalMicroseconds);
    }

    /// <summary>The number of calls in each bucket and all lower buckets; the last number is the total.</summary>
    public long[] Cumulative()
    {
        var sums = new long[_counts.Length];
        var sum = 0L;
        for (var i = 0; i < sums.Length; i++)
            sums[i] = sum += Interlocked.Read(ref _counts[i]);
        return sums;
    }
}

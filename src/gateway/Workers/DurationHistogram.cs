namespace Esb.Gateway.Workers;

/// <summary>How long calls took, in buckets that are fixed, so that figures of many gateways can be added up. Lock-free.</summary>
internal sealed class DurationHistogram
{
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _microseconds;

    /// <summary>Upper bounds, seconds: from a warm call of a fast runtime to Lambda's longest timeout.</summary>
    public static double[] Bounds { get; } = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];

    /// <summary>Seconds of all calls together.</summary>
    public double Sum => Interlocked.Read(ref _microseconds) / 1e6;

    public void Record(TimeSpan duration)
    {
        var at = 0;
        while (at < Bounds.Length && duration.TotalSeconds > Bounds[at])
            at++;
        Interlocked.Increment(ref _counts[at]);
        Interlocked.Add(ref _microseconds, (long)duration.TotalMicroseconds);
    }

    /// <summary>Calls in each bucket and all smaller ones; the last is all of them.</summary>
    public long[] Cumulative()
    {
        var sums = new long[_counts.Length];
        var sum = 0L;
        for (var i = 0; i < sums.Length; i++)
            sums[i] = sum += Interlocked.Read(ref _counts[i]);
        return sums;
    }
}

namespace Esb.Gateway.Tracing;

/// <summary>Counts the requests of the public port by status class since the start. Lock-free.</summary>
internal sealed class RequestFigures
{
    private readonly long[] _byClass = new long[6];
    private long _active;

    /// <summary>The number of running requests.</summary>
    public long Active => Interlocked.Read(ref _active);

    public void Begin() => Interlocked.Increment(ref _active);

    public void End(int status)
    {
        Interlocked.Decrement(ref _active);
        Interlocked.Increment(ref _byClass[Math.Clamp(status / 100, 0, 5)]);
    }

    /// <summary>The number of answers with a status of this class, from 1 to 5.</summary>
    public long Answered(int statusClass) => Interlocked.Read(ref _byClass[statusClass]);
}

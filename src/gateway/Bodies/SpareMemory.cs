namespace Esb.Gateway.Bodies;

/// <summary>
/// Gives back what a flood of large answers and bodies left behind. The collector keeps what it has taken from the system until it next has
/// reason to collect, and a gateway that is idle again gives it none.
/// </summary>
/// <param name="takeMost">The most that was held since it was asked last, bytes.</param>
/// <param name="time">For how long it must have been quiet.</param>
internal sealed class SpareMemory(Func<long> takeMost, TimeProvider time)
{
    private const long WorthIt = 32 * 1024 * 1024;
    private const long Quiet = 4 * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(5);

    private bool _isWorthIt;
    private long _lookedAt;
    private long _busyAt;

    /// <summary>How often it was given back.</summary>
    public int Returns { get; private set; }

    /// <summary>Called often; does something once a second at most.</summary>
    public void Look()
    {
        if (time.GetElapsedTime(_lookedAt) < Interval)
            return;
        _lookedAt = time.GetTimestamp();
        var most = takeMost();
        _isWorthIt |= most >= WorthIt;
        if (most >= Quiet)
            _busyAt = _lookedAt;
        if (!_isWorthIt || time.GetElapsedTime(_busyAt) < QuietTime)
            return;
        _isWorthIt = false;
        Returns++;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}

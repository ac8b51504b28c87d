namespace Esb.Gateway.Bodies;

/// <summary>
/// Gives back what a burst left behind. The collector keeps what it has taken from the system until it next has reason to collect, and a gateway
/// that is idle again gives it none. A gateway that does nothing costs three readings a second: the collector runs only after much was allocated, or
/// after clients have gone that held much or were many, and once.
/// </summary>
/// <param name="measures">Of this process.</param>
/// <param name="giveBack">Collects.</param>
/// <param name="time">For how long it must have been quiet.</param>
internal sealed class SpareMemory(SpareMemory.Measures measures, Action giveBack, TimeProvider time)
{
    /// <summary>Bytes.</summary>
    public const long WorthIt = 32 * 1024 * 1024;

    /// <summary>Bytes that are allocated in a second in which nothing much happens.</summary>
    public const long Quiet = 4 * 1024 * 1024;

    // So many clients or requests hold something worth the while.
    private const int Crowd = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(5);

    private long _lookedAt;
    private long _busyAt;
    private long _allocated;
    private long _mostHeld; // since the last collection
    private State _since = new(measures.Allocated(), measures.Resident(), 0);

    /// <summary>How often it was given back.</summary>
    public int Returns { get; private set; }

    /// <summary>Called often; does something once a second at most.</summary>
    public void Look()
    {
        if (time.GetElapsedTime(_lookedAt) < Interval)
            return;
        _lookedAt = time.GetTimestamp();
        var allocated = measures.Allocated();
        if (allocated - _allocated >= Quiet)
            _busyAt = _lookedAt;
        _allocated = allocated;
        var held = measures.Held();
        _mostHeld = Math.Max(_mostHeld, held);
        if (time.GetElapsedTime(_busyAt) >= QuietTime && IsWorthIt(allocated, held, measures.Open()))
            GiveBack(allocated);
    }

    // What clients hold while they are there cannot be given back, also by a collection that came while they stayed: when they have gone, it can.
    private bool IsWorthIt(long allocated, long held, long open)
    {
        if (_since.Open >= Crowd && open <= _since.Open / 2)
            return true;
        if (allocated - _since.Allocated < WorthIt && _mostHeld - held < WorthIt)
            return false;
        if (measures.Resident() - held - _since.Own >= WorthIt)
            return true;
        // Asked again when as much was allocated once more, or has gone.
        _since = _since with { Allocated = allocated };
        _mostHeld = held;
        return false;
    }

    private void GiveBack(long allocated)
    {
        Returns++;
        giveBack();
        _mostHeld = measures.Held();
        _since = new State(allocated, measures.Resident() - _mostHeld, measures.Open());
    }

    /// <summary>What is asked about the process.</summary>
    /// <param name="Allocated">Bytes since its start.</param>
    /// <param name="Resident">Bytes at this moment; costs a little.</param>
    /// <param name="Held">Bytes that clients hold at this moment, of bodies and of answers.</param>
    /// <param name="Open">Connections and requests.</param>
    internal sealed record Measures(Func<long> Allocated, Func<long> Resident, Func<long> Held, Func<long> Open);

    // Own: what was resident beside what clients held.
    private sealed record State(long Allocated, long Own, long Open);
}

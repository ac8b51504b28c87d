namespace Esb.Gateway.Bodies;

/// <summary>
/// Returns memory to the system after a burst. The garbage collector keeps memory until its next collection, which an
/// idle gateway does not cause. Watching costs three readings a second. A collection runs once after many allocations,
/// or when many clients, or clients that held much memory, have gone.
/// </summary>
/// <param name="measures">The readings of this process.</param>
/// <param name="collect">Collects the garbage and returns memory to the system.</param>
/// <param name="time">Measures how long the process has been idle.</param>
internal sealed class MemoryTrimmer(MemoryTrimmer.Measures measures, Action collect, TimeProvider time)
{
    /// <summary>The minimum number of bytes that is worth a collection.</summary>
    public const long MinBytes = 32 * 1024 * 1024;

    /// <summary>The maximum number of bytes that an idle process allocates in a second.</summary>
    public const long Quiet = 4 * 1024 * 1024;

    // This many clients or requests hold enough memory to make a collection worthwhile.
    private const int ManyClients = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(5);

    private long _checkedAt;
    private long _busyAt;
    private long _allocated;
    private long _mostHeld; // since the last collection
    private State _since = new(measures.Allocated(), measures.Resident(), 0);

    /// <summary>How often memory was returned.</summary>
    public int Returns { get; private set; }

    /// <summary>Called often; checks once a second at most.</summary>
    public void Check()
    {
        if (time.GetElapsedTime(_checkedAt) < Interval)
            return;
        _checkedAt = time.GetTimestamp();
        var allocated = measures.Allocated();
        if (allocated - _allocated >= Quiet)
            _busyAt = _checkedAt;
        _allocated = allocated;
        var held = measures.Held();
        _mostHeld = Math.Max(_mostHeld, held);
        if (time.GetElapsedTime(_busyAt) >= QuietTime && ShouldCollect(allocated, held, measures.Open()))
            Collect(allocated);
    }

    // Memory that clients hold cannot be returned while they are connected, not even by a collection. When they have
    // gone, it can.
    private bool ShouldCollect(long allocated, long held, long open)
    {
        if (_since.Open >= ManyClients && open <= _since.Open / 2)
            return true;
        if (allocated - _since.Allocated < MinBytes && _mostHeld - held < MinBytes)
            return false;
        if (measures.Resident() - held - _since.Own >= MinBytes)
            return true;
        // Tried again when the same amount has been allocated or released once more.
        _since = _since with { Allocated = allocated };
        _mostHeld = held;
        return false;
    }

    private void Collect(long allocated)
    {
        Returns++;
        collect();
        _mostHeld = measures.Held();
        _since = new State(allocated, measures.Resident() - _mostHeld, measures.Open());
    }

    /// <summary>The readings of the process.</summary>
    /// <param name="Allocated">The bytes allocated since the start.</param>
    /// <param name="Resident">The resident bytes now; this reading is more expensive.</param>
    /// <param name="Held">The bytes that clients hold now in bodies and answers.</param>
    /// <param name="Open">The number of open connections and requests.</param>
    internal sealed record Measures(Func<long> Allocated, Func<long> Resident, Func<long> Held, Func<long> Open);

    // Own is the number of resident bytes without those that clients held.
    private sealed record State(long Allocated, long Own, long Open);
}

namespace Esb.Gateway.Bodies;

/// <summary>
/// Counts released bytes, and starts a garbage collection when there are many of them, before new allocations double
/// the memory in use.
/// </summary>
/// <param name="most">The number of bytes that starts a collection.</param>
internal sealed class GarbageTrigger(long most)
{
    private long _bytes; // since the last collection that they caused

    /// <summary>Adds released bytes. Thread-safe.</summary>
    public void Add(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) < most)
            return;
        Interlocked.Exchange(ref _bytes, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}

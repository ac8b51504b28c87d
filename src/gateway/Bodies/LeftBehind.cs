namespace Esb.Gateway.Bodies;

/// <summary>
/// Bytes that nobody needs any more. The collector is started when they are many: they must not stand beside what takes their place
/// until it comes to them by itself.
/// </summary>
/// <param name="most">Bytes that may be left before it is.</param>
internal sealed class LeftBehind(long most)
{
    private long _bytes; // since the last collection for them

    /// <summary>May be called by several threads at once.</summary>
    public void Add(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) < most)
            return;
        Interlocked.Exchange(ref _bytes, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}

namespace Esb.Objects.Payloads;

/// <summary>The memory that documents of one kind may use together, counted in received bytes.</summary>
internal sealed class DocumentRoom
{
    private const long MostBytes = 64L * 1024 * 1024;

    private long _held;

    /// <summary>Documents of authenticated requests.</summary>
    public static DocumentRoom Signed { get; } = new();

    /// <summary>
    /// Fields of forms. They are read before their signature can be checked, so they have a room of their own: many of
    /// them do not delay signed documents.
    /// </summary>
    public static DocumentRoom Forms { get; } = new();

    /// <summary>Takes room, or returns false, without a change, when others leave too little.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= MostBytes)
            return true;
        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _held, -bytes);
}

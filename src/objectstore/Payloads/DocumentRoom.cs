namespace Esb.ObjectStore.Payloads;

/// <summary>What documents of one kind may hold together, counted in bytes that have come.</summary>
internal sealed class DocumentRoom
{
    private const long MostBytes = 64L * 1024 * 1024;

    private long _held;

    /// <summary>Documents of requests that have proved who they are.</summary>
    public static DocumentRoom Signed { get; } = new();

    /// <summary>Fields of forms, in which the signature stands: whoever sends many of them delays nobody's signed documents.</summary>
    public static DocumentRoom Forms { get; } = new();

    /// <summary>False, and nothing taken, when others leave no room.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= MostBytes)
            return true;
        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _held, -bytes);
}

namespace Esb.Gateway.Workers;

/// <summary>
/// The memory of all workers together, by their configured sizes. Other functions cannot use the memory that is
/// reserved for functions with a reserved concurrency.
/// </summary>
/// <param name="total">MiB; 0 for no limit.</param>
internal sealed class WorkerMemory(long total)
{
    private long _taken;
    private long _reserved;

    /// <summary>No limit.</summary>
    public static WorkerMemory Unbounded { get; } = new(0);

    /// <summary>The memory of all workers in MiB.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Sets the reserved memory in MiB according to the configuration.</summary>
    public void Reserve(long reserved) => Interlocked.Exchange(ref _reserved, reserved);

    /// <summary>
    /// Takes memory for one worker. A function with a reservation is limited by it and always gets it.
    /// </summary>
    public bool TryTake(int size, bool reserved)
    {
        while (true)
        {
            var taken = Interlocked.Read(ref _taken);
            // One worker may always run: a function larger than the limit must not be blocked permanently.
            if (total > 0 && !reserved && taken > 0 && taken + size > total - Interlocked.Read(ref _reserved))
                return false;
            if (Interlocked.CompareExchange(ref _taken, taken + size, taken) == taken)
                return true;
        }
    }

    public void Release(int size) => Interlocked.Add(ref _taken, -size);
}

namespace Esb.Gateway.Workers;

/// <summary>
/// The memory of all workers together, counted by their configured sizes. The memory that is reserved for functions
/// with a reserved concurrency is not available to other functions.
/// </summary>
/// <param name="total">The limit in MiB; 0 for no limit.</param>
internal sealed class WorkerMemory(long total)
{
    private long _taken;
    private long _reserved;

    /// <summary>Memory without a limit.</summary>
    public static WorkerMemory Unbounded { get; } = new(0);

    /// <summary>The memory of the current workers in MiB.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Sets the reserved memory in MiB according to the configuration.</summary>
    public void Reserve(long reserved) => Interlocked.Exchange(ref _reserved, reserved);

    /// <summary>
    /// Takes the memory for one worker. A function with a reservation always gets it, since the reservation already
    /// limits the function.
    /// </summary>
    public bool TryTake(int size, bool reserved)
    {
        while (true)
        {
            var taken = Interlocked.Read(ref _taken);
            // One worker may always run: a function that needs more than the limit must not be blocked permanently.
            if (total > 0 && !reserved && taken > 0 && taken + size > total - Interlocked.Read(ref _reserved))
                return false;
            if (Interlocked.CompareExchange(ref _taken, taken + size, taken) == taken)
                return true;
        }
    }

    public void Release(int size) => Interlocked.Add(ref _taken, -size);
}

namespace Esb.Gateway.Workers;

/// <summary>
/// The memory that all workers together may have, by what their functions are configured with. What is reserved for functions with a
/// reserved concurrency is not for the others.
/// </summary>
/// <param name="total">MiB; 0 is no bound.</param>
internal sealed class WorkerMemory(long total)
{
    private long _taken;
    private long _reserved;

    /// <summary>No bound.</summary>
    public static WorkerMemory Unbounded { get; } = new(0);

    /// <summary>What workers have, MiB.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Says how much is set aside, MiB, as the configuration has it now.</summary>
    public void Reserve(long reserved) => Interlocked.Exchange(ref _reserved, reserved);

    /// <summary>Takes memory for one worker. Who has a reservation is bounded by it, and always has it.</summary>
    public bool TryTake(int size, bool reserved)
    {
        while (true)
        {
            var taken = Interlocked.Read(ref _taken);
            // One worker may always run: a bound that is smaller than a function must not stop it for ever.
            if (total > 0 && !reserved && taken > 0 && taken + size > total - Interlocked.Read(ref _reserved))
                return false;
            if (Interlocked.CompareExchange(ref _taken, taken + size, taken) == taken)
                return true;
        }
    }

    public void Release(int size) => Interlocked.Add(ref _taken, -size);
}

namespace Esb.Agent.Limits;

/// <summary>How one worker's memory is limited: by a cgroup of its own, or else by the size of its data.</summary>
internal sealed record MemoryLimit(int Mebibytes, WorkerCgroup? Cgroup)
{
    public const long Mebibyte = 1024 * 1024;

    // RLIMIT_DATA counts what is mapped, not what is used: an idle Node maps 50 MiB, each thread's stack another 8 MiB.
    private const int HeadRoom = 128;

    /// <summary>RLIMIT_DATA in bytes; null when a cgroup limits more exactly.</summary>
    public long? DataLimit => Cgroup is null ? (Mebibytes + HeadRoom) * Mebibyte : null;

    /// <summary>For people.</summary>
    public string Description => Cgroup is null ? $"{Mebibytes} MiB + {HeadRoom} MiB head room of data (RLIMIT_DATA)" : $"{Mebibytes} MiB of memory (cgroup)";
}

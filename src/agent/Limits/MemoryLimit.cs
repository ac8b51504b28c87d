namespace Esb.Agent.Limits;

/// <summary>How the memory of one worker is limited: by its own cgroup, otherwise by RLIMIT_DATA.</summary>
internal sealed record MemoryLimit(int Mebibytes, WorkerCgroup? Cgroup)
{
    public const long Mebibyte = 1024 * 1024;

    // RLIMIT_DATA counts mapped, not used memory: an idle Node maps 50 MiB, and each thread's stack another 8 MiB.
    private const int HeadRoom = 128;

    /// <summary>RLIMIT_DATA in bytes; null when a cgroup sets a more exact limit.</summary>
    public long? DataLimit => Cgroup is null ? (Mebibytes + HeadRoom) * Mebibyte : null;

    /// <summary>A human-readable description.</summary>
    public string Description => Cgroup is null
        ? $"{Mebibytes} MiB + {HeadRoom} MiB head room of data (RLIMIT_DATA)"
        : $"{Mebibytes} MiB of memory (cgroup)";
}

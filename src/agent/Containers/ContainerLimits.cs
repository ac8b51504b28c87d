using Esb.AgentProtocol;

namespace Esb.Agent.Containers;

/// <summary>
/// What one container may use. Source: AWS, "Configure Lambda function memory" (a function has one processor at 1,769 MB) and
/// "Lambda quotas" (processes and threads, file descriptors, /tmp).
/// </summary>
/// <param name="MemoryBytes">Without swap. The kernel counts what is in /tmp, which Lambda does not: the size of /tmp is in it.</param>
/// <param name="Processors">How many of the machine's it may use at most: never less than one, since the box has nobody to sell the rest to.</param>
/// <param name="Shares">Its weight when they are all busy, in proportion to memory.</param>
/// <param name="TemporaryBytes">Size of /tmp.</param>
internal sealed record ContainerLimits(long MemoryBytes, double Processors, long Shares, long TemporaryBytes)
{
    /// <summary>Processes and threads.</summary>
    public const int Processes = 1024;

    public const int OpenFiles = 1024;

    // Before the agent and the gateway, which serve all workers, the kernel should take one of them.
    public const int OutOfMemoryScore = 500;

    private const long Mebibyte = 1024 * 1024;
    private const double MebibytesOfOneProcessor = 1769;
    private const int DefaultTemporary = 512;

    public static ContainerLimits From(StartWorkerRequest request, int processors)
    {
        var temporary = (request.EphemeralStorage > 0 ? request.EphemeralStorage : DefaultTemporary) * Mebibyte;
        return new ContainerLimits(
            (request.MemorySize * Mebibyte) + temporary,
            Math.Min(processors, Math.Max(1, request.MemorySize / MebibytesOfOneProcessor)),
            Math.Max(2, request.MemorySize),
            temporary);
    }

    /// <summary>For people.</summary>
    public string Description => FormattableString.Invariant($"{(MemoryBytes - TemporaryBytes) / Mebibyte} MiB of memory and {TemporaryBytes / Mebibyte} MiB of /tmp");
}

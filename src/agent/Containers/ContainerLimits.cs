using Esb.AgentProtocol;

namespace Esb.Agent.Containers;

/// <summary>
/// The resource limits of one container. Source: AWS, "Configure Lambda function memory" (a function has one processor
/// at 1,769 MB) and "Lambda quotas" (processes and threads, file descriptors, /tmp).
/// </summary>
/// <param name="MemoryBytes">
/// Without swap. The kernel counts the content of /tmp, which Lambda does not, so the size of /tmp is included.
/// </param>
/// <param name="Processors">
/// The maximum number of processors. Never less than one, because an idle processor would be of no use to other
/// workers.
/// </param>
/// <param name="Shares">The weight when all processors are busy, in proportion to memory.</param>
/// <param name="TemporaryBytes">The size of /tmp.</param>
internal sealed record ContainerLimits(long MemoryBytes, double Processors, long Shares, long TemporaryBytes)
{
    /// <summary>Processes and threads.</summary>
    public const int Processes = 1024;

    public const int OpenFiles = 1024;

    // When memory runs out the kernel should kill a worker before the agent or the gateway, which serve all workers.
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

    /// <summary>A human-readable description.</summary>
    public string Description => FormattableString.Invariant(
        $"{(MemoryBytes - TemporaryBytes) / Mebibyte} MiB of memory and {TemporaryBytes / Mebibyte} MiB of /tmp");
}

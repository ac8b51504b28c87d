using System.Globalization;
using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.AgentProtocol;

namespace Esb.Agent.Docker;

/// <summary>
/// Converts a specification to the request that creates the container. It makes all decisions and has no side effects.
/// </summary>
internal static class ContainerPlan
{
    private const long Billion = 1_000_000_000;

    /// <exception cref="CannotStartException">The specification cannot be run as a container.</exception>
    public static CreateContainer Build(
        StartWorkerRequest request,
        ContainerLimits limits,
        Surroundings surroundings) => new(
        ContainerCommand.Image(request),
        request.EntryPoint.Count > 0 ? request.EntryPoint : null,
        ContainerCommand.Command(request) is { Count: > 0 } command ? command : null,
        request.WorkingDirectory.Length > 0 ? request.WorkingDirectory : null,
        [.. ContainerEnvironment.Build(request, surroundings.RuntimeApi, surroundings.Now)
            .Select(variable => $"{variable.Key}={variable.Value}")],
        surroundings.Labels,
        new HostConfig
        {
            NetworkMode = surroundings.Network,
            Memory = limits.MemoryBytes,
            MemorySwap = limits.MemoryBytes,
            NanoCpus = (long)(limits.Processors * Billion),
            CpuShares = limits.Shares,
            PidsLimit = ContainerLimits.Processes,
            OomScoreAdj = ContainerLimits.OutOfMemoryScore,
            ReadonlyRootfs = true,
            // All capabilities are dropped: without NET_RAW and NET_ADMIN a worker cannot use another worker's address.
            CapDrop = ["ALL"],
            SecurityOpt = ["no-new-privileges"],
            Tmpfs = new Dictionary<string, string>
            {
                ["/tmp"] = string.Create(
                    CultureInfo.InvariantCulture, $"rw,exec,nosuid,nodev,mode=1777,size={limits.TemporaryBytes}"),
            },
            Ulimits = [new("nofile", ContainerLimits.OpenFiles, ContainerLimits.OpenFiles), new("core", 0, 0)],
            LogConfig = new("json-file", new Dictionary<string, string> { ["max-size"] = "10m", ["max-file"] = "2" }),
        });

    /// <summary>The parts of a container that do not come from the function.</summary>
    internal sealed record Surroundings(
        string Network,
        RuntimeApiAddress RuntimeApi,
        IReadOnlyDictionary<string, string> Labels,
        DateTimeOffset Now);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Esb.AdminProtocol;

/// <summary>The answer to <c>GET /status</c>: everything that <c>esb status</c> shows.</summary>
/// <remarks>
/// The two sides may have different versions. What an older gateway does not report has its default value; what a newer
/// one adds is kept in <see cref="Additional"/>.
/// </remarks>
public record StatusDocument
{
    /// <summary>The version of the gateway.</summary>
    public string Version { get; init; } = "";

    /// <summary>When the gateway started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The gateway's process.</summary>
    public int Pid { get; init; }

    /// <summary>The configuration that is served.</summary>
    public ConfigurationStatus Configuration { get => field ?? new(); init; }

    /// <summary>The functions, sorted by name.</summary>
    public IReadOnlyList<FunctionStatus> Functions { get => field ?? []; init; }

    /// <summary>The routes, in the order in which they are matched.</summary>
    public IReadOnlyList<RouteStatus> Routes { get => field ?? []; init; }

    /// <summary>The workers, those of replaced functions included.</summary>
    public IReadOnlyList<WorkerStatus> Workers { get => field ?? []; init; }

    /// <summary>Asynchronous invocations; null when the gateway does not report them.</summary>
    public AsynchronousStatus? Asynchronous { get; init; }

    /// <summary>The memory that all workers together are configured with, in MiB.</summary>
    public long WorkersMemory { get; init; }

    /// <summary>What this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Additional { get; set; }
}

/// <summary>Asynchronous invocations that were accepted and have not ended, and those that failed.</summary>
/// <param name="Pending">The number of accepted invocations that have not ended.</param>
/// <param name="PendingBytes">Their size on the disk.</param>
/// <param name="GivenUp">The number of invocations that failed for the last time since the gateway started.</param>
/// <param name="DamagedRecords">The number of records that could not be read when the gateway started.</param>
public sealed record AsynchronousStatus(int Pending, long PendingBytes, long GivenUp, long DamagedRecords);

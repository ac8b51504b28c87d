using System.Text.Json.Serialization;
using Esb.Gateway.Configuration;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Admin;

/// <summary>All that <c>esb status</c> shows.</summary>
internal sealed record StatusDocument(
    string Version,
    DateTimeOffset StartedAt,
    int Pid,
    ConfigurationDocument Configuration,
    IReadOnlyList<FunctionStatus> Functions,
    IReadOnlyList<RouteStatus> Routes,
    IReadOnlyList<WorkerStatus> Workers,
    AsynchronousStatus Asynchronous,
    long WorkersMemory);

/// <summary>Asynchronous invocations that are accepted and not over, what they take on the disk, and how many failed for good.</summary>
internal sealed record AsynchronousStatus(int Pending, long PendingBytes, long GivenUp, long DamagedRecords);

/// <summary>One function and what it has done since the gateway started.</summary>
internal sealed record FunctionStatus(
    string Name,
    string Revision,
    string Runtime,
    int Workers,
    int Busy,
    int MaxWorkers,
    int Queue,
    long Calls,
    long Errors,
    long Timeouts,
    long Throttles,
    long ColdStarts,
    int CallsPerMinute,
    [property: JsonPropertyName("p50_ms")] double? P50,
    [property: JsonPropertyName("p99_ms")] double? P99,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    IReadOnlyList<string> Routes,
    string? Application)
{
    public static FunctionStatus Of(FunctionEntry entry, IEnumerable<Route> routes)
    {
        var workers = entry.Pool.Snapshot();
        var latency = entry.Statistics.Latency();
        return new FunctionStatus(
            entry.Name,
            entry.Pool.Spec.Revision,
            entry.Pool.Spec.Runtime,
            workers.Count,
            workers.Count(w => w.State == WorkerState.Busy),
            entry.Pool.Limits.MaxCapacity,
            entry.Pool.QueueLength,
            entry.Statistics.Calls,
            entry.Statistics.Errors,
            entry.Statistics.Count(InvocationOutcome.TimedOut),
            entry.Statistics.Count(InvocationOutcome.Refused),
            entry.Statistics.ColdStarts,
            entry.Statistics.CallsInLastMinute(),
            latency?.P50,
            latency?.P99,
            entry.Statistics.LastFailure?.Message,
            entry.Statistics.LastFailure?.At,
            [.. routes.Where(r => r.Function == entry.Name).Select(r => $"{r.Method} {r.Path}")],
            entry.Application);
    }
}

/// <summary>
/// One route. The function is empty when none answers; the target is the function, an address, <c>mock</c> or <c>closed</c>. Closed says why every request is refused; null when it is open.
/// </summary>
internal sealed record RouteStatus(string Method, string Path, string Function, string Payload, string Target, string? Application, string? Closed);

/// <summary>One worker.</summary>
internal sealed record WorkerStatus(string Id, string Function, string Revision, string State, string Address, DateTimeOffset StartedAt, string Description);

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(MessageDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class AdminJson : JsonSerializerContext;

using Esb.AdminProtocol;
using Esb.Gateway.Configuration;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;

namespace Esb.Gateway.Admin;

/// <summary>The gateway's status, read from its parts.</summary>
internal static class StatusReport
{
    public static HealthDocument Health(Snapshot snapshot, Reloader reloader) => new("ok", Of(snapshot, reloader));

    public static ConfigurationStatus Of(Snapshot snapshot, Reloader reloader) => new()
    {
        Hash = snapshot.Hash,
        LoadedAt = snapshot.LoadedAt,
        Functions = snapshot.Functions.Count,
        Routes = snapshot.Routes.Count,
        Error = reloader.LastError is { } error ? Of(error) : null,
    };

    public static FunctionStatus Of(FunctionEntry entry, IEnumerable<Route> routes)
    {
        var (pool, statistics) = (entry.Pool, entry.Statistics);
        var workers = pool.Snapshot();
        var latency = statistics.Latency();
        return new FunctionStatus
        {
            Name = entry.Name,
            Revision = pool.Spec.Revision,
            Runtime = pool.Spec.Runtime,
            Workers = workers.Count,
            Busy = workers.Count(w => w.State == WorkerState.Busy),
            MaxWorkers = pool.Limits.MaxCapacity,
            Queue = pool.QueueLength,
            Calls = statistics.Calls,
            Errors = statistics.Errors,
            Timeouts = statistics.Count(InvocationOutcome.TimedOut),
            Throttles = statistics.Count(InvocationOutcome.Refused),
            ColdStarts = statistics.ColdStarts,
            CallsPerMinute = statistics.CallsInLastMinute(),
            P50 = latency?.P50,
            P99 = latency?.P99,
            LastError = statistics.LastFailure?.Message,
            LastErrorAt = statistics.LastFailure?.At,
            Routes = [.. routes.Where(r => r.Function == entry.Name).Select(r => $"{r.Method} {r.Path}")],
            Application = entry.Application,
        };
    }

    public static RouteStatus Of(Route route) => new(
        route.Method,
        route.Path,
        route.Function ?? "",
        route.Payload,
        route.Target,
        route.Api.Application,
        route.Closed);

    /// <summary>
    /// The status of a worker. A worker is draining when its function has another pool or no longer exists.
    /// </summary>
    public static WorkerStatus Of(Worker worker, WorkerPool pool, Snapshot snapshot)
    {
        var drains = !snapshot.Functions.TryGetValue(pool.Spec.Function, out var entry) || entry.Pool != pool;
        return new WorkerStatus
        {
            Id = worker.Id,
            Function = pool.Spec.Function,
            Revision = pool.Spec.Revision,
            State = drains ? "draining" : worker.State.ToString().ToLowerInvariant(),
            Address = worker.Address,
            StartedAt = worker.CreatedAt,
            Description = worker.Description,
        };
    }

    private static ConfigurationError Of(Diagnostic error) => new(
        error.ToString(),
        error.Code,
        error.File,
        error.Line > 0 ? error.Line : null,
        error.Line > 0 ? Math.Max(error.Column, 1) : null);
}

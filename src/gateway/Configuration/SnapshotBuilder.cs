using System.Collections.Frozen;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>Written → built: the next snapshot from the files and from what lives. Starts and stops nothing.</summary>
internal sealed class SnapshotBuilder(WorkerControl control, TimeProvider time)
{
    /// <summary>Builds a snapshot; functions whose revision is the same keep their pool. Warnings go to <paramref name="diagnostics"/>.</summary>
    public Snapshot Build(WrittenConfiguration written, Snapshot? previous, DiagnosticBag diagnostics)
    {
        var functions = new Dictionary<string, FunctionEntry>(written.Functions.Functions.Count, StringComparer.Ordinal);
        foreach (var (name, definition) in written.Functions.Functions)
        {
            var old = previous?.Functions.GetValueOrDefault(name);
            var spec = WorkerSpec.From(definition, written.Functions.Defaults);
            var limits = PoolLimits.From(definition, written.Functions.Defaults);
            var pool = old?.Pool.Spec.Fingerprint == spec.Fingerprint ? old.Pool : new WorkerPool(spec, limits, control, time);
            functions[name] = new FunctionEntry(name, pool, old?.Statistics ?? new FunctionStatistics(time), definition.Schedules);
        }

        var routes = RouteTable.Build(Served(written.Routing.Routes, functions, diagnostics), diagnostics);
        return new Snapshot(written.Hash, time.GetUtcNow(), routes, functions.ToFrozenDictionary(StringComparer.Ordinal)) { ApiKeys = written.Routing.ApiKeys };
    }

    private static List<RouteDefinition> Served(IReadOnlyList<RouteDefinition> routes, Dictionary<string, FunctionEntry> functions, DiagnosticBag diagnostics)
    {
        List<RouteDefinition> served = new(routes.Count);
        foreach (var route in routes)
        {
            if (functions.ContainsKey(route.Function))
                served.Add(route);
            else
                diagnostics.Add(new Diagnostic(Severity.Warning, DiagnosticCodes.UnknownReference, $"route '{route.Key}' is not served: there is no function '{route.Function}'", route.Place.File, route.Place.Line, route.Place.Column));
        }

        return served;
    }
}

using System.Collections.Frozen;
using Esb.Gateway.Clocks;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>Builds the next snapshot from the files and the previous snapshot. Starts and stops nothing.</summary>
internal sealed class SnapshotBuilder(WorkerControl control, TimeProvider time)
{
    /// <summary>
    /// Builds a snapshot. Unchanged definitions keep their objects; a function whose workers need not change keeps its
    /// pool. Warnings go to <paramref name="diagnostics"/>.
    /// </summary>
    public BuiltSnapshot Build(WrittenConfiguration written, Snapshot previous, DiagnosticBag diagnostics)
    {
        var functions = new Functions(this, previous, written.Functions.Defaults);
        foreach (var definition in written.Functions.Functions.Values)
            functions.Add(definition);
        functions.RemoveForeignDestinations(written.Functions.Functions);
        var changes = functions.Changes();
        var routes = ReferenceEquals(written.Routing, previous.Written.Routing)
            && changes is { Added.Count: 0, Removed.Count: 0 }
            && !functions.HaveOtherOwners
            ? previous.Routes
            : RouteTable.Build(Served(written.Routing.Routes, written.Functions.Functions, diagnostics), diagnostics);
        var snapshot = new Snapshot(
            written, time.Now(), routes, functions.Entries.ToFrozenDictionary(StringComparer.Ordinal));
        return new BuiltSnapshot(snapshot, changes, RouteChanges.Between(previous.Routes, routes));
    }

    private static List<RouteDefinition> Served(
        IReadOnlyList<RouteDefinition> routes,
        IReadOnlyDictionary<string, FunctionDefinition> functions,
        DiagnosticBag diagnostics)
    {
        List<RouteDefinition> served = new(routes.Count);
        foreach (var route in routes)
        {
            if (RouteWithoutFunction.Of(route, functions) is not { } closed)
            {
                served.Add(WithOwnerOfGuard(route, functions));
                continue;
            }

            // Without the closed route, a broader route would take its requests.
            served.Add(route with { Closed = route.Closed ?? closed.Reason });
            diagnostics.Warning(
                DiagnosticCodes.UnknownReference, $"route '{route.Key}' is closed: {closed.Reason}", route.Place);
        }

        return served;
    }

    // Adds the owner of the authorizer function to its definition, so that cached answers are not used for a function
    // with the same name in another application.
    private static RouteDefinition WithOwnerOfGuard(
        RouteDefinition route,
        IReadOnlyDictionary<string, FunctionDefinition> functions) =>
        route.Authorizer is LambdaAuthorizer guard
            && functions.TryGetValue(guard.Function, out var function)
            && function.Application != guard.FunctionApplication
            ? route with { Authorizer = guard with { FunctionApplication = function.Application } }
            : route;

    private FunctionEntry Entry(FunctionDefinition definition, FunctionDefaults defaults, FunctionEntry? old)
    {
        var spec = WorkerSpec.From(definition, defaults);
        var pool = old?.Pool.Spec.Fingerprint == spec.Fingerprint
            ? old.Pool
            : new WorkerPool(spec, PoolLimits.From(definition, defaults), control, time);
        return new FunctionEntry(
            definition.Name, pool, old?.Statistics ?? new FunctionStatistics(time), definition.Schedules)
        {
            Application = definition.Application,
            Asynchronous = definition.Asynchronous,
            Aliases = definition.Aliases,
            InvokeMode = definition.InvokeMode,
        };
    }

    private sealed class Functions(SnapshotBuilder builder, Snapshot previous, FunctionDefaults defaults)
    {
        private readonly bool _sameDefaults = WrittenEquality.AreSame(previous.Written.Functions.Defaults, defaults);
        private readonly List<string> _added = [];
        private readonly List<string> _replaced = [];
        private readonly List<string> _adjusted = [];

        /// <summary>Whether any function belongs to a different application than in the previous snapshot.</summary>
        public bool HaveOtherOwners { get; private set; }

        public Dictionary<string, FunctionEntry> Entries { get; } = new(
            previous.Functions.Count, StringComparer.Ordinal);

        public void Add(FunctionDefinition definition)
        {
            var name = definition.Name;
            var old = previous.Functions.GetValueOrDefault(name);
            var before = previous.Written.Functions.Functions.GetValueOrDefault(name);
            HaveOtherOwners |= before is not null && before.Application != definition.Application;
            if (old is not null && _sameDefaults && before is not null && WrittenEquality.AreSame(before, definition))
            {
                // Schedules may have moved to other lines, and messages contain the line.
                Entries[name] = definition.Schedules.Count == 0 || ReferenceEquals(before, definition)
                    ? old
                    : old with { Schedules = definition.Schedules };
                return;
            }

            var entry = Entries[name] = builder.Entry(definition, defaults, old);
            (old is null ? _added : entry.Pool != old.Pool ? _replaced : _adjusted).Add(name);
        }

        // A destination may name a function that another application has taken over since.
        public void RemoveForeignDestinations(IReadOnlyDictionary<string, FunctionDefinition> functions)
        {
            foreach (var definition in functions.Values.Where(d => d.Asynchronous.Targets.Any()))
            {
                var asynchronous = definition.Asynchronous.OnlyMeant(
                    definition.Application, name => functions.GetValueOrDefault(name)?.Application);
                if (Entries[definition.Name] is var entry && entry.Asynchronous != asynchronous)
                    Entries[definition.Name] = entry with { Asynchronous = asynchronous };
            }
        }

        public ChangeList Changes() => new(
            _added,
            _replaced,
            _adjusted,
            Entries.Count == previous.Functions.Count + _added.Count
                ? []
                : [.. previous.Functions.Keys.Where(name => !Entries.ContainsKey(name))],
            Entries.Count - _added.Count - _replaced.Count - _adjusted.Count);
    }
}

/// <summary>The next snapshot and its changes.</summary>
internal sealed record BuiltSnapshot(Snapshot Snapshot, ChangeList Functions, ChangeList Routes);

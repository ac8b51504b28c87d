using System.Collections.Frozen;
using Esb.Gateway.Clocks;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>What the gateway serves: built as a whole, never changed, swapped in by one reference write.</summary>
/// <param name="Written">What it was built from.</param>
/// <param name="Loaded">When it was built.</param>
/// <param name="Routes">Where requests go.</param>
/// <param name="Functions">By name.</param>
internal sealed record Snapshot(
    WrittenConfiguration Written,
    Moment Loaded,
    RouteTable Routes,
    FrozenDictionary<string, FunctionEntry> Functions)
{
    /// <summary>MiB that functions with a reserved concurrency have set aside for their workers.</summary>
    public long ReservedMemory => Functions.Values.Sum(f => (long)f.Pool.Spec.MemorySize * (f.Pool.Limits.Reserved ?? 0));

    /// <summary>When it was built, for people.</summary>
    public DateTimeOffset LoadedAt => Loaded.Wall;

    /// <summary>Of the files it was built from, see <c>ConfigurationHash</c>.</summary>
    public string Hash => Written.Hash;

    /// <summary>The keys that guarded routes may ask for.</summary>
    public IReadOnlyList<ApiKeyDefinition> ApiKeys => Written.Routing.ApiKeys;
}

using System.Collections.Frozen;
using Esb.Gateway.Clocks;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>
/// The configuration that the gateway serves: built as a whole, never changed, swapped in by one reference write.
/// </summary>
/// <param name="Written">The configuration that it was built from.</param>
/// <param name="Loaded">When it was built.</param>
/// <param name="Routes">The table of routes.</param>
/// <param name="Functions">The functions by name.</param>
internal sealed record Snapshot(
    WrittenConfiguration Written,
    Moment Loaded,
    RouteTable Routes,
    FrozenDictionary<string, FunctionEntry> Functions)
{
    /// <summary>The memory reserved for workers of functions with a reserved concurrency, in MiB.</summary>
    public long ReservedMemory =>
        Functions.Values.Sum(f => (long)f.Pool.Spec.MemorySize * (f.Pool.Limits.Reserved ?? 0));

    /// <summary>The time of day when it was built.</summary>
    public DateTimeOffset LoadedAt => Loaded.Wall;

    /// <summary>The hash of its files, see <c>ConfigurationHash</c>.</summary>
    public string Hash => Written.Hash;

    /// <summary>The API keys for guarded routes.</summary>
    public IReadOnlyList<ApiKeyDefinition> ApiKeys => Written.Routing.ApiKeys;
}

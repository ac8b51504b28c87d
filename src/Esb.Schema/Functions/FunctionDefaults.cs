using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>What applies to every function that does not say otherwise.</summary>
/// <param name="Environment">Variables; a function's own value of the same name wins.</param>
/// <param name="Scaling">How many workers, for how long.</param>
/// <param name="Timeout">Seconds.</param>
/// <param name="MemorySize">MiB.</param>
public sealed record FunctionDefaults(IReadOnlyDictionary<string, string> Environment, Scaling Scaling, int? Timeout, int? MemorySize)
{
    /// <summary>Nothing said.</summary>
    public static readonly FunctionDefaults None = new(new Dictionary<string, string>(), Scaling.None, null, null);

    /// <summary>The keys that there are.</summary>
    public static readonly IReadOnlyList<string> Keys = ["environment", "scaling", "timeout", "memory_size"];

    /// <summary>The keys of <c>scaling</c>.</summary>
    public static readonly IReadOnlyList<string> ScalingKeys = ["min_capacity", "max_capacity", "idle_timeout", "acquire_timeout"];

    /// <summary>Reads and validates the mapping.</summary>
    public static FunctionDefaults Read(MappingReader defaults, DiagnosticBag diagnostics) => FunctionsFile.ReadDefaults(defaults, diagnostics);

    /// <summary>This, and where it says nothing the other: the rule by which a deploy merges them.</summary>
    public FunctionDefaults FilledFrom(FunctionDefaults other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var environment = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Environment.Concat(other.Environment))
            environment.TryAdd(name, value);
        var scaling = new Scaling(
            Scaling.MinCapacity ?? other.Scaling.MinCapacity,
            Scaling.MaxCapacity ?? other.Scaling.MaxCapacity,
            Scaling.IdleTimeout ?? other.Scaling.IdleTimeout,
            Scaling.AcquireTimeout ?? other.Scaling.AcquireTimeout);
        return new FunctionDefaults(environment, scaling, Timeout ?? other.Timeout, MemorySize ?? other.MemorySize);
    }
}

using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>The settings for functions that do not specify their own.</summary>
/// <param name="Environment">Variables; the function's own value takes precedence.</param>
/// <param name="Scaling">The numbers of workers, and how long they are kept.</param>
/// <param name="Timeout">In seconds.</param>
/// <param name="MemorySize">In MiB.</param>
public sealed record FunctionDefaults(
    IReadOnlyDictionary<string, string> Environment,
    Scaling Scaling,
    int? Timeout,
    int? MemorySize)
{
    /// <summary>No defaults.</summary>
    public static readonly FunctionDefaults None = new(new Dictionary<string, string>(), Scaling.None, null, null);

    /// <summary>The known keys.</summary>
    public static readonly IReadOnlyList<string> Keys = ["environment", "scaling", "timeout", "memory_size"];

    /// <summary>The keys of <c>scaling</c>.</summary>
    public static readonly IReadOnlyList<string> ScalingKeys =
        ["min_capacity", "max_capacity", "idle_timeout", "acquire_timeout"];

    /// <summary>Reads and validates the mapping.</summary>
    public static FunctionDefaults Read(MappingReader defaults, DiagnosticBag diagnostics) =>
        FunctionsFile.ReadDefaults(defaults, diagnostics);

    /// <summary>Completes these defaults with others, in the same way as a deploy merges them.</summary>
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

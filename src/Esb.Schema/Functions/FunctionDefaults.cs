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
}

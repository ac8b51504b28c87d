using Esb.Schema.Functions;

namespace Esb.Gateway.Workers;

/// <summary>How many workers a pool may have and how long things may take. May change without a new worker.</summary>
internal sealed record PoolLimits(int MinCapacity, int MaxCapacity, TimeSpan IdleTimeout, TimeSpan AcquireTimeout, TimeSpan Timeout)
{
    /// <summary>
    /// How long a worker may take from its start to its first request for work. Lambda allows ten seconds for the initialisation
    /// alone; a loaded edge machine gets more.
    /// </summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Lambda's own default, seconds.</summary>
    private const int DefaultTimeout = 3;

    public static PoolLimits From(FunctionDefinition function, FunctionDefaults defaults)
    {
        var scaling = function.Scaling.Or(defaults.Scaling).Or(Scaling.BuiltIn);
        return new PoolLimits(
            Math.Min(scaling.MinCapacity!.Value, scaling.MaxCapacity!.Value),
            scaling.MaxCapacity.Value,
            TimeSpan.FromSeconds(scaling.IdleTimeout!.Value),
            TimeSpan.FromSeconds(scaling.AcquireTimeout!.Value),
            TimeSpan.FromSeconds(function.Timeout ?? defaults.Timeout ?? DefaultTimeout));
    }
}

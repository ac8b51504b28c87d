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

    /// <summary>Workers that are for this function alone; null when nothing is reserved.</summary>
    public int? Reserved { get; init; }

    /// <summary>
    /// A reserved concurrency is the most there may be, and what there may be when nobody says a maximum; a provisioned one raises the minimum.
    /// </summary>
    public static PoolLimits From(FunctionDefinition function, FunctionDefaults defaults)
    {
        var scaling = function.Scaling.Or(defaults.Scaling).Or(Scaling.BuiltIn);
        var provisioned = function.ProvisionedConcurrency ?? 0;
        var most = function.Scaling.MaxCapacity ?? function.ReservedConcurrency ?? Math.Max(scaling.MaxCapacity!.Value, provisioned);
        most = Math.Min(most, function.ReservedConcurrency ?? int.MaxValue);
        return new PoolLimits(
            Math.Min(Math.Max(scaling.MinCapacity!.Value, provisioned), most),
            most,
            TimeSpan.FromSeconds(scaling.IdleTimeout!.Value),
            TimeSpan.FromSeconds(scaling.AcquireTimeout!.Value),
            TimeSpan.FromSeconds(function.Timeout ?? defaults.Timeout ?? DefaultTimeout))
        {
            Reserved = function.ReservedConcurrency,
        };
    }
}

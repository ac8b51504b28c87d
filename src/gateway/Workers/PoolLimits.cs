using Esb.Schema.Functions;

namespace Esb.Gateway.Workers;

/// <summary>The limits for a pool's workers and their timeouts. A change of limits does not need new workers.</summary>
internal sealed record PoolLimits(
    int MinCapacity,
    int MaxCapacity,
    TimeSpan IdleTimeout,
    TimeSpan AcquireTimeout,
    TimeSpan Timeout)
{
    /// <summary>
    /// The maximum time from a worker's start to its first request for work. Lambda allows ten seconds for the
    /// initialisation alone; a busy edge machine gets more.
    /// </summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Lambda's default timeout in seconds.</summary>
    private const int DefaultTimeout = 3;

    /// <summary>The number of workers reserved for this function; null for no reservation.</summary>
    public int? Reserved { get; init; }

    /// <summary>
    /// A reserved concurrency limits the maximum number of workers and is also its default; a provisioned concurrency
    /// raises the minimum.
    /// </summary>
    public static PoolLimits From(FunctionDefinition function, FunctionDefaults defaults)
    {
        var scaling = function.Scaling.Or(defaults.Scaling).Or(Scaling.BuiltIn);
        var provisioned = function.ProvisionedConcurrency ?? 0;
        var most = function.Scaling.MaxCapacity
            ?? function.ReservedConcurrency
            ?? Math.Max(scaling.MaxCapacity!.Value, provisioned);
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

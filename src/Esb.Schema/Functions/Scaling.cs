namespace Esb.Schema.Functions;

/// <summary>The number of workers of a function, and how long they are kept. Null means not given.</summary>
/// <param name="MinCapacity">Workers that are kept even when idle, 0 to 1,000.</param>
/// <param name="MaxCapacity">The maximum number of workers, 1 to 1,000.</param>
/// <param name="IdleTimeout">Seconds after which an idle worker above the minimum is stopped, 1 to 86,400.</param>
/// <param name="AcquireTimeout">Seconds that an invocation waits for a worker before it is refused, 1 to 900.</param>
public sealed record Scaling(int? MinCapacity, int? MaxCapacity, int? IdleTimeout, int? AcquireTimeout)
{
    /// <summary>No settings.</summary>
    public static readonly Scaling None = new(null, null, null, null);

    /// <summary>The values that apply when neither the function nor the defaults give any.</summary>
    public static readonly Scaling BuiltIn = new(0, 10, 300, 30);

    /// <summary>Completes these settings with those of <paramref name="fallback"/>.</summary>
    public Scaling Or(Scaling fallback)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        return new Scaling(
            MinCapacity ?? fallback.MinCapacity,
            MaxCapacity ?? fallback.MaxCapacity,
            IdleTimeout ?? fallback.IdleTimeout,
            AcquireTimeout ?? fallback.AcquireTimeout);
    }
}

namespace Esb.Schema.Functions;

/// <summary>How many workers a function has and how long they stay. Null means: not said here.</summary>
/// <param name="MinCapacity">Workers that are kept even when idle, 0 to 1,000.</param>
/// <param name="MaxCapacity">The most workers at once, 1 to 1,000.</param>
/// <param name="IdleTimeout">Seconds after which an idle worker above the minimum is stopped, 1 to 86,400.</param>
/// <param name="AcquireTimeout">Seconds an invocation waits for a worker before it is refused, 1 to 900.</param>
public sealed record Scaling(int? MinCapacity, int? MaxCapacity, int? IdleTimeout, int? AcquireTimeout)
{
    /// <summary>Nothing said.</summary>
    public static readonly Scaling None = new(null, null, null, null);

    /// <summary>What holds when neither function nor defaults say anything.</summary>
    public static readonly Scaling BuiltIn = new(0, 10, 300, 30);

    /// <summary>This, with what it leaves open taken from <paramref name="fallback"/>.</summary>
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

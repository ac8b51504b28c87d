namespace Esb.Tables.Catalog;

/// <summary>What was said about capacity. It is remembered and shown; nothing is throttled.</summary>
/// <param name="ReadUnits">Read capacity units; 0 on demand.</param>
/// <param name="WriteUnits">Write capacity units; 0 on demand.</param>
public sealed record Throughput(long ReadUnits, long WriteUnits)
{
    /// <summary>Capacity on demand.</summary>
    public static Throughput OnDemand { get; } = new(0, 0);

    /// <summary>The most read units on demand, if it was limited.</summary>
    public long? MostReadUnits { get; init; }

    /// <summary>The most write units on demand, if it was limited.</summary>
    public long? MostWriteUnits { get; init; }

    /// <summary>When it was raised last.</summary>
    public DateTimeOffset? LastIncrease { get; init; }

    /// <summary>When it was lowered last.</summary>
    public DateTimeOffset? LastDecrease { get; init; }

    /// <summary>How often it was lowered on the day of <see cref="LastDecrease"/>.</summary>
    public int DecreasesOnThatDay { get; init; }
}

namespace Esb.Tables.Catalog;

/// <summary>The capacity settings. They are stored and returned; nothing is throttled.</summary>
/// <param name="ReadUnits">The read capacity units; 0 for on-demand capacity.</param>
/// <param name="WriteUnits">The write capacity units; 0 for on-demand capacity.</param>
public sealed record Throughput(long ReadUnits, long WriteUnits)
{
    /// <summary>On-demand capacity.</summary>
    public static Throughput OnDemand { get; } = new(0, 0);

    /// <summary>The maximum number of on-demand read units, if there is a limit.</summary>
    public long? MostReadUnits { get; init; }

    /// <summary>The maximum number of on-demand write units, if there is a limit.</summary>
    public long? MostWriteUnits { get; init; }

    /// <summary>The read units per second that the table or index is prepared for, if they were set.</summary>
    public long? WarmReadUnits { get; init; }

    /// <summary>The write units per second that the table or index is prepared for, if they were set.</summary>
    public long? WarmWriteUnits { get; init; }

    /// <summary>When the capacity was last raised.</summary>
    public DateTimeOffset? LastIncrease { get; init; }

    /// <summary>When the capacity was last lowered.</summary>
    public DateTimeOffset? LastDecrease { get; init; }

    /// <summary>How often the capacity was lowered on the day of <see cref="LastDecrease"/>.</summary>
    public int DecreasesOnThatDay { get; init; }

    /// <summary>
    /// The same settings with the warm throughput of others. It does not depend on the billing mode, and is never
    /// lowered. Source: Amazon DynamoDB Developer Guide, Understanding DynamoDB warm throughput.
    /// </summary>
    public Throughput WarmLike(Throughput other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { WarmReadUnits = other.WarmReadUnits, WarmWriteUnits = other.WarmWriteUnits };
    }
}

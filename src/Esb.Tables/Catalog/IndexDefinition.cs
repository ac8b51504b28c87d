namespace Esb.Tables.Catalog;

/// <summary>A secondary index.</summary>
public sealed record IndexDefinition
{
    /// <summary>
    /// The number of the index in the storage, which is never reused; 0 until the index is created there.
    /// </summary>
    public int Number { get; init; }

    /// <summary>The name, unique in its table.</summary>
    public required string Name { get; init; }

    /// <summary>The key attributes.</summary>
    public required KeySchema Keys { get; init; }

    /// <summary>The attributes that the index contains.</summary>
    public required IndexProjection Projection { get; init; }

    /// <summary>Whether the index is global; otherwise it is local.</summary>
    public required bool IsGlobal { get; init; }

    /// <summary>The state of the index. The storage advances it; all indexes of a new table are active.</summary>
    public IndexStatus Status { get; init; } = IndexStatus.Active;

    /// <summary>
    /// Whether items are still being added to the index, which is the case only while it is
    /// <see cref="IndexStatus.Creating"/>.
    /// </summary>
    public bool IsBackfilling => Status == IndexStatus.Creating;

    /// <summary>The capacity settings; a local index has none.</summary>
    public Throughput Throughput { get; init; } = Throughput.OnDemand;
}

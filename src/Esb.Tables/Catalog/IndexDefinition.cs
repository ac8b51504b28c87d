namespace Esb.Tables.Catalog;

/// <summary>A secondary index.</summary>
public sealed record IndexDefinition
{
    /// <summary>The number of the index in the storage, never used again; 0 until it is created there.</summary>
    public int Number { get; init; }

    /// <summary>The name, unique in its table.</summary>
    public required string Name { get; init; }

    /// <summary>The key attributes.</summary>
    public required KeySchema Keys { get; init; }

    /// <summary>The attributes that it contains.</summary>
    public required IndexProjection Projection { get; init; }

    /// <summary>Whether it is global; otherwise it is local.</summary>
    public required bool IsGlobal { get; init; }

    /// <summary>The state. The storage moves it on; a table that is created has active ones only.</summary>
    public IndexStatus Status { get; init; } = IndexStatus.Active;

    /// <summary>Whether items are being added to it: only while <see cref="IndexStatus.Creating"/>.</summary>
    public bool IsBackfilling => Status == IndexStatus.Creating;

    /// <summary>What was said about capacity; of a local index nothing.</summary>
    public Throughput Throughput { get; init; } = Throughput.OnDemand;
}

namespace Esb.Tables.Catalog;

/// <summary>The stream of a table. It has one shard, which is open while the stream is enabled.</summary>
public sealed record StreamDefinition
{
    /// <summary>The number of the stream in the storage, never used again.</summary>
    public required int Number { get; init; }

    /// <summary>The ARN: that of the table with <c>/stream/</c> and the label.</summary>
    public required string Arn { get; init; }

    /// <summary>When it was created, as text; unique among the streams of a table.</summary>
    public required string Label { get; init; }

    /// <summary>The name of the table, which may be gone.</summary>
    public required string TableName { get; init; }

    /// <summary>The keys of the table.</summary>
    public required KeySchema Keys { get; init; }

    /// <summary>What its records contain.</summary>
    public required StreamView View { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>When it was disabled. Its records can be read for 24 hours more.</summary>
    public DateTimeOffset? DisabledTime { get; init; }

    /// <summary>Whether changes of the table are recorded.</summary>
    public bool IsEnabled => DisabledTime is null;

    /// <summary>The name of the shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The first sequence number that the shard may have.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The last sequence number that the shard may have; null while it is open.</summary>
    public long? LastSequence { get; init; }
}

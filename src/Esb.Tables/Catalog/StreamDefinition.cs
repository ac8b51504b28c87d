namespace Esb.Tables.Catalog;

/// <summary>The stream of a table. It has one shard, which is open while the stream is enabled.</summary>
public sealed record StreamDefinition
{
    /// <summary>The number of the stream in the storage, which is never reused.</summary>
    public required int Number { get; init; }

    /// <summary>The ARN: the ARN of the table, followed by <c>/stream/</c> and the label.</summary>
    public required string Arn { get; init; }

    /// <summary>The time of creation as text, which is unique among the streams of a table.</summary>
    public required string Label { get; init; }

    /// <summary>The name of the table, which may have been deleted.</summary>
    public required string TableName { get; init; }

    /// <summary>The keys of the table.</summary>
    public required KeySchema Keys { get; init; }

    /// <summary>What the records of the stream contain.</summary>
    public required StreamView View { get; init; }

    /// <summary>When the stream was created.</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>When the stream was disabled. Its records can be read for another 24 hours.</summary>
    public DateTimeOffset? DisabledTime { get; init; }

    /// <summary>Whether changes to the table are recorded.</summary>
    public bool IsEnabled => DisabledTime is null;

    /// <summary>The name of the shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The lowest sequence number that the shard can contain.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The highest sequence number that the shard can contain; null while it is open.</summary>
    public long? LastSequence { get; init; }
}

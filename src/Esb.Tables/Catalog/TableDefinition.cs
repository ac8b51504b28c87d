namespace Esb.Tables.Catalog;

/// <summary>A table as it was created and changed since.</summary>
public sealed record TableDefinition
{
    /// <summary>The number of the table in the storage, never used again; 0 until it is created there.</summary>
    public int Number { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The key attributes.</summary>
    public required KeySchema Keys { get; init; }

    /// <summary>The types of all attributes that are keys of the table or of an index, in the order given.</summary>
    public required IReadOnlyList<AttributeDefinition> Attributes { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>The local indexes.</summary>
    public IReadOnlyList<IndexDefinition> LocalIndexes { get; init; } = [];

    /// <summary>The global indexes in all states.</summary>
    public IReadOnlyList<IndexDefinition> GlobalIndexes { get; init; } = [];

    /// <summary>The latest stream, enabled or not, if there ever was one.</summary>
    public StreamDefinition? Stream { get; init; }

    /// <summary>The attribute that says when an item expires.</summary>
    public TimeToLive? TimeToLive { get; init; }

    /// <summary>How capacity is paid for.</summary>
    public BillingMode BillingMode { get; init; }

    /// <summary>When it was changed to on demand, or created so.</summary>
    public DateTimeOffset? OnDemandSince { get; init; }

    /// <summary>What was said about capacity.</summary>
    public Throughput Throughput { get; init; } = Throughput.OnDemand;

    /// <summary>STANDARD or STANDARD_INFREQUENT_ACCESS, if it was said.</summary>
    public string? TableClass { get; init; }

    /// <summary>When the class was changed.</summary>
    public DateTimeOffset? TableClassTime { get; init; }

    /// <summary>What was said about encryption.</summary>
    public Encryption? Encryption { get; init; }

    /// <summary>Whether the table must not be deleted.</summary>
    public bool IsProtected { get; init; }

    /// <summary>What was said about continuous backups.</summary>
    public PointInTimeRecovery? PointInTimeRecovery { get; init; }

    /// <summary>The policy of the table, a document of JSON, and its revision. It is remembered, not applied.</summary>
    public string? ResourcePolicy { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The local and the global indexes.</summary>
    public IEnumerable<IndexDefinition> Indexes => LocalIndexes.Concat(GlobalIndexes);

    /// <summary>The index of a name in any state.</summary>
    public IndexDefinition? FindIndex(string name) => Indexes.FirstOrDefault(index => index.Name == name);
}

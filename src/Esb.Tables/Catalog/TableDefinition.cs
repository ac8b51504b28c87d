namespace Esb.Tables.Catalog;

/// <summary>The definition of a table, with all changes since its creation.</summary>
public sealed record TableDefinition
{
    /// <summary>
    /// The number of the table in the storage, which is never reused; 0 until the table is created there.
    /// </summary>
    public int Number { get; init; }

    /// <summary>The name of the table.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the table, a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The ARN of the table.</summary>
    public required string Arn { get; init; }

    /// <summary>The key attributes.</summary>
    public required KeySchema Keys { get; init; }

    /// <summary>The types of all attributes that are keys of the table or of an index, in the order given.</summary>
    public required IReadOnlyList<AttributeDefinition> Attributes { get; init; }

    /// <summary>When the table was created.</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>The local indexes.</summary>
    public IReadOnlyList<IndexDefinition> LocalIndexes { get; init; } = [];

    /// <summary>The global indexes in all states.</summary>
    public IReadOnlyList<IndexDefinition> GlobalIndexes { get; init; } = [];

    /// <summary>The latest stream, enabled or disabled, if the table has ever had one.</summary>
    public StreamDefinition? Stream { get; init; }

    /// <summary>The attribute that holds the expiry time of an item.</summary>
    public TimeToLive? TimeToLive { get; init; }

    /// <summary>The billing mode.</summary>
    public BillingMode BillingMode { get; init; }

    /// <summary>When the table was created with, or changed to, the on-demand mode.</summary>
    public DateTimeOffset? OnDemandSince { get; init; }

    /// <summary>The capacity settings.</summary>
    public Throughput Throughput { get; init; } = Throughput.OnDemand;

    /// <summary>STANDARD or STANDARD_INFREQUENT_ACCESS, if a request has set the class.</summary>
    public string? TableClass { get; init; }

    /// <summary>When the table class was changed.</summary>
    public DateTimeOffset? TableClassTime { get; init; }

    /// <summary>The encryption settings.</summary>
    public Encryption? Encryption { get; init; }

    /// <summary>Whether the table is protected against deletion.</summary>
    public bool IsProtected { get; init; }

    /// <summary>The settings for continuous backups.</summary>
    public PointInTimeRecovery? PointInTimeRecovery { get; init; }

    /// <summary>The resource policy of the table, if it has one.</summary>
    public ResourcePolicy? ResourcePolicy { get; init; }

    /// <summary>The tags of the table.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The local and the global indexes.</summary>
    public IEnumerable<IndexDefinition> Indexes => LocalIndexes.Concat(GlobalIndexes);

    /// <summary>Finds the index with a name, whatever its state.</summary>
    public IndexDefinition? FindIndex(string name) => Indexes.FirstOrDefault(index => index.Name == name);
}

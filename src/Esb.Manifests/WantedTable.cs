using System.Collections.Immutable;

namespace Esb.Manifests;

/// <summary>How a table is paid for.</summary>
/// <param name="Provisioned">Null: on demand.</param>
internal sealed record Billing(Throughput? Provisioned)
{
    public override string ToString() => Provisioned is null ? "on demand" : $"provisioned ({Provisioned})";
}

/// <summary>A table's stream.</summary>
/// <param name="ViewType">Null: it has none.</param>
internal sealed record StreamSetting(string? ViewType);

/// <summary>A table's time to live.</summary>
/// <param name="Attribute">By which items expire; null: they do not.</param>
internal sealed record TimeToLive(string? Attribute);

/// <summary>Encryption with a KMS key.</summary>
/// <param name="Enabled">False: the store's own way, whatever that is.</param>
/// <param name="Key">The key's ARN or id, null when the manifest leaves it open.</param>
internal sealed record TableEncryption(bool Enabled, string? Key);

/// <summary>What a manifest wants of a table. A property that is null is not named there, and is left as it is.</summary>
internal sealed record WantedTable
{
    public required string Name { get; init; }

    public required Sequence<KeyPart> Keys { get; init; }

    /// <summary>Types (S, N, B) of the attributes that are keys somewhere.</summary>
    public required ImmutableSortedDictionary<string, string> Attributes { get; init; }

    public Billing? Billing { get; init; }

    public Sequence<TableIndex> GlobalIndexes { get; init; } = [];

    public Sequence<TableIndex> LocalIndexes { get; init; } = [];

    public StreamSetting? Stream { get; init; }

    public TimeToLive? TimeToLive { get; init; }

    public TableEncryption? Encryption { get; init; }

    public string? TableClass { get; init; }

    public bool? DeletionProtection { get; init; }

    public bool? Recovery { get; init; }

    /// <summary>Tags that must be there; others may be.</summary>
    public ImmutableSortedDictionary<string, string>? Tags { get; init; }
}

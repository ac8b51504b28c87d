using System.Collections.Immutable;

namespace Esb.Manifests;

/// <summary>The billing mode of a table.</summary>
/// <param name="Provisioned">Null for on-demand billing.</param>
internal sealed record Billing(Throughput? Provisioned)
{
    public override string ToString() => Provisioned is null ? "on demand" : $"provisioned ({Provisioned})";
}

/// <summary>A table's stream.</summary>
/// <param name="ViewType">Null when the stream is off.</param>
internal sealed record StreamSetting(string? ViewType);

/// <summary>A table's time to live.</summary>
/// <param name="Attribute">The attribute by which items expire; null when they do not.</param>
internal sealed record TimeToLive(string? Attribute);

/// <summary>Encryption with a KMS key.</summary>
/// <param name="Enabled">False for the default encryption of the store.</param>
/// <param name="Key">The ARN or id of the key; null when the manifest does not set it.</param>
internal sealed record TableEncryption(bool Enabled, string? Key);

/// <summary>
/// The table that a manifest wants. A property that is null is not named in the manifest and stays as it is.
/// </summary>
internal sealed record WantedTable
{
    public required string Name { get; init; }

    public required Sequence<KeyPart> Keys { get; init; }

    /// <summary>The types (S, N, B) of the attributes that are used in keys.</summary>
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

    /// <summary>Tags that must be present; there may be others.</summary>
    public ImmutableSortedDictionary<string, string>? Tags { get; init; }
}

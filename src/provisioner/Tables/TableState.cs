using System.Collections.Immutable;
using Esb.Manifests;

namespace Esb.Provisioner.Tables;

/// <summary>The state of a table in a store.</summary>
internal sealed record TableState
{
    public const string StandardClass = "STANDARD";

    public required Sequence<KeyPart> Keys { get; init; }

    public required ImmutableSortedDictionary<string, string> Attributes { get; init; }

    public required Billing Billing { get; init; }

    public Sequence<TableIndex> GlobalIndexes { get; init; } = [];

    public Sequence<TableIndex> LocalIndexes { get; init; } = [];

    public StreamSetting Stream { get; init; } = new((string?)null);

    public TimeToLive TimeToLive { get; init; } = new((string?)null);

    public TableEncryption Encryption { get; init; } = new(false, null);

    public string TableClass { get; init; } = StandardClass;

    public bool DeletionProtection { get; init; }

    public bool Recovery { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
}

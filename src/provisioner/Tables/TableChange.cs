using System.Collections.Immutable;
using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Tables;

/// <summary>A CreateTable call with everything that it accepts.</summary>
/// <param name="Table">The table to create, without the properties that the store lacks.</param>
internal sealed record CreateTable(WantedTable Table) : Change(TableProperty.Name)
{
    public override string Text => $"+ table {Table.Name}";
}

/// <summary>An UpdateTable call for the billing mode, or for changed throughputs.</summary>
/// <param name="From">The current billing.</param>
/// <param name="To">The wanted billing; null when only indexes change.</param>
/// <param name="Indexes">The throughput of each index that changes in the same call.</param>
internal sealed record SetBilling(Billing From, Billing? To, Sequence<IndexThroughput> Indexes)
    : Change(TableProperty.Billing)
{
    public bool SwitchesMode => To is not null && To.Provisioned is null != From.Provisioned is null;

    public override string Text => string.Join(", ", Parts);

    private IEnumerable<string> Parts =>
        [
            .. To is null ? [] : new[] { $"~ billing: {From} → {To}" },
            .. Indexes.Select(i => $"~ index {i.Index}: {i.Throughput}"),
        ];
}

/// <summary>The throughput of one index.</summary>
internal sealed record IndexThroughput(string Index, Throughput Throughput);

/// <summary>An UpdateTable call that creates one global index.</summary>
/// <param name="Index">The index, with its throughput when the table is provisioned.</param>
/// <param name="Attributes">The types of all key attributes of the table, including those of the index.</param>
internal sealed record AddIndex(TableIndex Index, ImmutableSortedDictionary<string, string> Attributes)
    : Change(TableProperty.GlobalIndexes)
{
    public override string Text => $"+ index {Index.Name}";

    public bool Equals(AddIndex? other) => other is not null && Index == other.Index;

    public override int GetHashCode() => Index.GetHashCode();
}

/// <summary>An UpdateTable call that removes one global index.</summary>
internal sealed record RemoveIndex(string Index) : Change(TableProperty.GlobalIndexes)
{
    public override string Text => $"- index {Index}";
}

/// <summary>
/// An UpdateTable call for the stream. The API can change the view type only by switching the stream off first.
/// </summary>
internal sealed record SetStream(StreamSetting From, StreamSetting To) : Change(TableProperty.Stream)
{
    public override string Text => $"~ stream: {From.ViewType ?? "off"} → {To.ViewType ?? "off"}";
}

/// <summary>
/// An UpdateTimeToLive call. The API can change the attribute only by switching time to live off first.
/// </summary>
internal sealed record SetTimeToLive(string Attribute, bool Enabled) : Change(TableProperty.TimeToLive)
{
    public override string Text =>
        Enabled ? $"~ time to live: off → {Attribute}" : $"~ time to live: {Attribute} → off";
}

/// <summary>An UpdateTable call for the encryption.</summary>
internal sealed record SetEncryption(TableEncryption To) : Change(TableProperty.Encryption)
{
    public override string Text =>
        $"~ encryption with a KMS key: {(To.Enabled ? $"on{(To.Key is null ? "" : $" ({To.Key})")}" : "off")}";
}

/// <summary>An UpdateTable call for the table class.</summary>
internal sealed record SetTableClass(string From, string To) : Change(TableProperty.Class)
{
    public override string Text => $"~ table class: {From} → {To}";
}

/// <summary>An UpdateTable call for the deletion protection.</summary>
internal sealed record SetDeletionProtection(bool Enabled) : Change(TableProperty.DeletionProtection)
{
    public override string Text => $"~ deletion protection: {(Enabled ? "on" : "off")}";
}

/// <summary>An UpdateContinuousBackups call.</summary>
internal sealed record SetRecovery(bool Enabled) : Change(TableProperty.Recovery)
{
    public override string Text => $"~ point-in-time recovery: {(Enabled ? "on" : "off")}";
}

/// <summary>A TagResource call with the tags that are missing or different.</summary>
internal sealed record SetTableTags(Sequence<KeyValuePair<string, string>> Tags) : Change(TableProperty.Tags)
{
    // The text contains only the keys, since a value may be one that a template keeps secret.
    public override string Text => string.Join(", ", Tags.Select(t => $"~ tag {t.Key}"));
}

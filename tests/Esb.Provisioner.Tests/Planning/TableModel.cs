using System.Collections.Immutable;
using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Tables;

namespace Esb.Provisioner.Tests.Planning;

/// <summary>
/// A small model of a store: what each call does to a table according to DynamoDB's API reference, and what it refuses.
/// </summary>
internal static class TableModel
{
    public static TableState Created(WantedTable table)
    {
        var billing = table.Billing ?? new Billing((Throughput?)null);
        return new TableState
        {
            Keys = table.Keys,
            Attributes = table.Attributes,
            Billing = billing,
            GlobalIndexes = [.. table.GlobalIndexes.Select(
                i => i with { Throughput = billing.Provisioned is null ? null : i.Throughput ?? billing.Provisioned })],
            LocalIndexes = table.LocalIndexes,
            Stream = table.Stream ?? new StreamSetting((string?)null),
            Encryption = table.Encryption ?? new TableEncryption(false, null),
            TableClass = table.TableClass ?? "STANDARD",
            DeletionProtection = table.DeletionProtection ?? false,
            Tags = table.Tags ?? ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    public static TableState Apply(TableState? table, Change change) => (table, change) switch
    {
        (null, CreateTable create) => Created(create.Table),
        ({ } t, SetBilling billing) => Billed(t, billing),
        ({ } t, AddIndex add) => Added(t, add),
        ({ } t, RemoveIndex remove) when t.GlobalIndexes.Any(i => i.Name == remove.Index) =>
            Used(t with { GlobalIndexes = [.. t.GlobalIndexes.Where(i => i.Name != remove.Index)] }),
        ({ } t, SetStream stream) when t.Stream.ViewType is null || stream.To.ViewType is null =>
            t with { Stream = stream.To },
        ({ } t, SetTimeToLive { Enabled: true } ttl) when t.TimeToLive.Attribute is null =>
            t with { TimeToLive = new TimeToLive(ttl.Attribute) },
        ({ } t, SetTimeToLive { Enabled: false } ttl) when t.TimeToLive.Attribute == ttl.Attribute =>
            t with { TimeToLive = new TimeToLive((string?)null) },
        ({ } t, SetEncryption encryption) => t with { Encryption = encryption.To },
        ({ } t, SetTableClass tableClass) => t with { TableClass = tableClass.To },
        ({ } t, SetDeletionProtection protection) => t with { DeletionProtection = protection.Enabled },
        ({ } t, SetRecovery recovery) => t with { Recovery = recovery.Enabled },
        ({ } t, SetTableTags tags) => t with { Tags = t.Tags.SetItems(tags.Tags) },
        _ => throw new InvalidOperationException($"ValidationException: {change.Text}"),
    };

    private static TableState Billed(TableState table, SetBilling change)
    {
        var billing = change.To ?? table.Billing;
        if (billing.Provisioned is null)
            return table with
            {
                Billing = billing,
                GlobalIndexes = [.. table.GlobalIndexes.Select(i => i with { Throughput = null })],
            };
        var indexes = table.GlobalIndexes.Select(i => i with
        {
            Throughput = change.Indexes.FirstOrDefault(c => c.Index == i.Name)?.Throughput ?? i.Throughput,
        }).ToList();
        if (indexes.Exists(i => i.Throughput is null))
            throw new InvalidOperationException(
                "ValidationException: ProvisionedThroughput must be specified for index");
        return table with { Billing = billing, GlobalIndexes = [.. indexes] };
    }

    private static TableState Added(TableState table, AddIndex add)
    {
        if (table.GlobalIndexes.Any(i => i.Name == add.Index.Name))
            throw new InvalidOperationException("ValidationException: the index already exists");
        if (table.Billing.Provisioned is null != add.Index.Throughput is null)
            throw new InvalidOperationException("ValidationException: throughput and billing mode do not match");
        var after = table with
        {
            GlobalIndexes = [.. table.GlobalIndexes.Append(add.Index).OrderBy(i => i.Name, StringComparer.Ordinal)],
            Attributes = add.Attributes,
        };
        if (!Used(after).Attributes.Keys.SequenceEqual(add.Attributes.Keys))
            throw new InvalidOperationException("ValidationException: one attribute definition too many or too few");
        if (Used(table).Attributes.Any(a => add.Attributes[a.Key] != a.Value))
            throw new InvalidOperationException("ValidationException: the type of an attribute cannot change");
        return after;
    }

    private static TableState Used(TableState table)
    {
        var used = new[] { table.Keys }.Concat(table.LocalIndexes.Concat(table.GlobalIndexes).Select(i => i.Keys))
            .SelectMany(k => k)
            .Select(k => k.Attribute)
            .Distinct();
        return table with
        {
            Attributes = used.Where(table.Attributes.ContainsKey)
                .ToImmutableSortedDictionary(a => a, a => table.Attributes[a], StringComparer.Ordinal),
        };
    }
}

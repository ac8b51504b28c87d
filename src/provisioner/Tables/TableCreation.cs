using System.Collections.Immutable;
using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Tables;

/// <summary>What one CreateTable call accepts, and what it results in.</summary>
internal static class TableCreation
{
    /// <summary>
    /// The table as it is sent in the request. The billing mode is set, and indexes have their throughput. Properties
    /// that the store lacks or that have their own calls are omitted.
    /// </summary>
    public static WantedTable Sent(WantedTable wanted, IReadOnlySet<string> lacking)
    {
        // CloudFormation's default is PROVISIONED, which makes no sense without a throughput. The default here is
        // on-demand billing.
        var billing = wanted.Billing ?? new Billing((Throughput?)null);
        return wanted with
        {
            Billing = billing,
            GlobalIndexes = [.. wanted.GlobalIndexes.Select(
                i => i with { Throughput = billing.Provisioned is null ? null : i.Throughput ?? billing.Provisioned })],
            Stream = Unless(TableProperty.Stream, wanted.Stream),
            Encryption = Unless(TableProperty.Encryption, wanted.Encryption),
            TableClass = Unless(TableProperty.Class, wanted.TableClass),
            DeletionProtection = lacking.Contains(TableProperty.DeletionProtection) ? null : wanted.DeletionProtection,
            Tags = Unless(TableProperty.Tags, wanted.Tags),
            TimeToLive = null,
            Recovery = null,
        };

        T? Unless<T>(string property, T? value)
            where T : class => lacking.Contains(property) ? null : value;
    }

    /// <summary>The state after the call in a store that does everything it was asked to do.</summary>
    public static TableState StateAfter(WantedTable sent) => new()
    {
        Keys = sent.Keys,
        Attributes = sent.Attributes,
        Billing = sent.Billing!,
        GlobalIndexes = sent.GlobalIndexes,
        LocalIndexes = sent.LocalIndexes,
        Stream = sent.Stream ?? new StreamSetting((string?)null),
        Encryption = sent.Encryption ?? new TableEncryption(false, null),
        TableClass = sent.TableClass ?? TableState.StandardClass,
        DeletionProtection = sent.DeletionProtection ?? false,
        Tags = sent.Tags ?? ImmutableSortedDictionary<string, string>.Empty,
    };
}

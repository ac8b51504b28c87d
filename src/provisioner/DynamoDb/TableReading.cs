using System.Collections.Immutable;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Tables;
using TimeToLive = Esb.Manifests.TimeToLive;

namespace Esb.Provisioner.DynamoDb;

/// <summary>Converts answers of the DynamoDB API to the state of a table.</summary>
internal static class TableReading
{
    public static TableState State(TableDescription table)
    {
        var isOnDemand = table.BillingModeSummary?.BillingMode == BillingMode.PAY_PER_REQUEST;
        return new TableState
        {
            Keys = Keys(table.KeySchema),
            Attributes = (table.AttributeDefinitions ?? [])
                .ToImmutableSortedDictionary(a => a.AttributeName, a => a.AttributeType.Value, StringComparer.Ordinal),
            Billing = new Billing(isOnDemand ? null : Units(
                table.ProvisionedThroughput?.ReadCapacityUnits, table.ProvisionedThroughput?.WriteCapacityUnits)),
            GlobalIndexes =
            [
                // An index that is being deleted counts as absent, one that is being created as present.
                .. (table.GlobalSecondaryIndexes ?? []).Where(i => i.IndexStatus != IndexStatus.DELETING)
                    .Select(
                        i => Index(i.IndexName, i.KeySchema, i.Projection, isOnDemand ? null : i.ProvisionedThroughput))
                    .OrderBy(i => i.Name, StringComparer.Ordinal),
            ],
            LocalIndexes = [.. (table.LocalSecondaryIndexes ?? [])
                .Select(i => Index(i.IndexName, i.KeySchema, i.Projection, null))
                .OrderBy(i => i.Name, StringComparer.Ordinal)],
            Stream = new StreamSetting(
                table.StreamSpecification is { StreamEnabled: true } stream ? stream.StreamViewType.Value : null),
            Encryption = new TableEncryption(
                IsOn(table.SSEDescription?.Status?.Value), table.SSEDescription?.KMSMasterKeyArn),
            TableClass = table.TableClassSummary?.TableClass?.Value ?? TableState.StandardClass,
            DeletionProtection = table.DeletionProtectionEnabled ?? false,
        };
    }

    public static TimeToLive TimeToLive(TimeToLiveDescription? ttl) =>
        new(IsOn(ttl?.TimeToLiveStatus?.Value) ? ttl!.AttributeName : null);

    /// <summary>Whether the table can be used and none of its indexes is still changing.</summary>
    public static bool IsSettled(TableDescription table) =>
        table.TableStatus == TableStatus.ACTIVE && (table.GlobalSecondaryIndexes ?? [])
            .All(i => i.IndexStatus is null || i.IndexStatus == IndexStatus.ACTIVE);

    /// <summary>Whether items can be read and written; an index may still be under construction.</summary>
    public static bool IsUsable(TableDescription table) =>
        table.TableStatus == TableStatus.ACTIVE || table.TableStatus == TableStatus.UPDATING;

    private static bool IsOn(string? status) => status is "ENABLED" or "ENABLING" or "UPDATING";

    private static TableIndex Index(
        string name,
        List<KeySchemaElement> keys,
        Projection? projection,
        ProvisionedThroughputDescription? units) => new(
        name,
        Keys(keys),
        projection?.ProjectionType?.Value ?? "ALL",
        [.. (projection?.NonKeyAttributes ?? []).Order(StringComparer.Ordinal)],
        units is null ? null : Units(units.ReadCapacityUnits, units.WriteCapacityUnits));

    private static Throughput Units(long? read, long? write) => new(read ?? 0, write ?? 0);

    private static Sequence<KeyPart> Keys(List<KeySchemaElement> keys) =>
        [
            .. keys.Select(k => new KeyPart(k.AttributeName, k.KeyType.Value))
                .OrderBy(k => k.Role, StringComparer.Ordinal),
        ];
}

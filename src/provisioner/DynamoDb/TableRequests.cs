using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Tables;

namespace Esb.Provisioner.DynamoDb;

/// <summary>Converts changes to requests of the DynamoDB API, 2012-08-10.</summary>
internal static class TableRequests
{
    public static CreateTableRequest Create(WantedTable table) => new()
    {
        TableName = table.Name,
        KeySchema = Keys(table.Keys),
        AttributeDefinitions = Attributes(table.Attributes),
        BillingMode = table.Billing!.Provisioned is null ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED,
        ProvisionedThroughput = Units(table.Billing.Provisioned),
        GlobalSecondaryIndexes = table.GlobalIndexes.Count == 0 ? null : [.. table.GlobalIndexes.Select(Global)],
        LocalSecondaryIndexes = table.LocalIndexes.Count == 0 ? null : [.. table.LocalIndexes.Select(
            i => new LocalSecondaryIndex { IndexName = i.Name, KeySchema = Keys(i.Keys), Projection = Projected(i) })],
        StreamSpecification = table.Stream is { ViewType: not null } stream ? Stream(stream) : null,
        SSESpecification = table.Encryption is { Enabled: true } encryption ? Encryption(encryption) : null,
        TableClass = table.TableClass is { } tableClass ? new TableClass(tableClass) : null,
        DeletionProtectionEnabled = table.DeletionProtection,
        Tags =
            table.Tags is { Count: > 0 } tags ? [.. tags.Select(t => new Tag { Key = t.Key, Value = t.Value })] : null,
    };

    /// <returns>The request; null for a change that is not made with UpdateTable.</returns>
    public static UpdateTableRequest? Update(string table, Change change) => change switch
    {
        SetBilling billing => Billed(table, billing),
        AddIndex add => new UpdateTableRequest
        {
            TableName = table,
            AttributeDefinitions = Attributes(add.Attributes),
            GlobalSecondaryIndexUpdates = [new GlobalSecondaryIndexUpdate { Create = Creation(add.Index) }],
        },
        RemoveIndex remove => new UpdateTableRequest
        {
            TableName = table,
            GlobalSecondaryIndexUpdates = [new GlobalSecondaryIndexUpdate
            {
                Delete = new DeleteGlobalSecondaryIndexAction { IndexName = remove.Index },
            }],
        },
        SetStream stream => new UpdateTableRequest { TableName = table, StreamSpecification = Stream(stream.To) },
        SetEncryption encryption =>
            new UpdateTableRequest { TableName = table, SSESpecification = Encryption(encryption.To) },
        SetTableClass tableClass => new UpdateTableRequest { TableName = table, TableClass = tableClass.To },
        SetDeletionProtection protection =>
            new UpdateTableRequest { TableName = table, DeletionProtectionEnabled = protection.Enabled },
        _ => null,
    };

    private static UpdateTableRequest Billed(string table, SetBilling change) => new()
    {
        TableName = table,
        BillingMode = !change.SwitchesMode ? null
            : change.To!.Provisioned is null ? BillingMode.PAY_PER_REQUEST
            : BillingMode.PROVISIONED,
        ProvisionedThroughput = Units(change.To?.Provisioned),
        GlobalSecondaryIndexUpdates = change.Indexes.Count == 0
            ? null
            : [
                .. change.Indexes.Select(i => new GlobalSecondaryIndexUpdate
                {
                    Update = new UpdateGlobalSecondaryIndexAction
                    {
                        IndexName = i.Index,
                        ProvisionedThroughput = Units(i.Throughput),
                    },
                }),
            ],
    };

    private static GlobalSecondaryIndex Global(TableIndex index) =>
        new()
        {
            IndexName = index.Name,
            KeySchema = Keys(index.Keys),
            Projection = Projected(index),
            ProvisionedThroughput = Units(index.Throughput),
        };

    private static CreateGlobalSecondaryIndexAction Creation(TableIndex index) =>
        new()
        {
            IndexName = index.Name,
            KeySchema = Keys(index.Keys),
            Projection = Projected(index),
            ProvisionedThroughput = Units(index.Throughput),
        };

    private static List<KeySchemaElement> Keys(Sequence<KeyPart> keys) =>
        [.. keys.Select(k => new KeySchemaElement(k.Attribute, k.Role))];

    private static List<AttributeDefinition> Attributes(IEnumerable<KeyValuePair<string, string>> types) =>
        [.. types.Select(t => new AttributeDefinition(t.Key, t.Value))];

    private static Projection Projected(TableIndex index) =>
        new()
        {
            ProjectionType = index.Projection,
            NonKeyAttributes = index.Included.Count == 0 ? null : [.. index.Included],
        };

    private static ProvisionedThroughput? Units(Throughput? throughput) =>
        throughput is null ? null : new ProvisionedThroughput(throughput.Read, throughput.Write);

    private static StreamSpecification Stream(StreamSetting stream) =>
        new()
        {
            StreamEnabled = stream.ViewType is not null,
            StreamViewType = stream.ViewType is { } view ? new StreamViewType(view) : null,
        };

    private static SSESpecification Encryption(TableEncryption encryption) =>
        new()
        {
            Enabled = encryption.Enabled,
            SSEType = encryption.Enabled ? SSEType.KMS : null,
            KMSMasterKeyId = encryption.Key,
        };
}

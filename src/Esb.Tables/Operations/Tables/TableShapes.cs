using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>The shapes that describe tables and indexes.</summary>
internal static class TableShapes
{
    /// <summary>The name of the table to create, change or describe.</summary>
    public static readonly (string Name, Shape Shape) TableName =
        ("TableName", new TableNameShape { IsOfTable = true });

    public static readonly (string Name, Shape Shape) BillingMode =
        ("BillingMode", new TextShape { OneOf = ["PROVISIONED", "PAY_PER_REQUEST"] });

    public static readonly (string Name, Shape Shape) TableClass =
        ("TableClass", new TextShape { OneOf = ["STANDARD", "STANDARD_INFREQUENT_ACCESS"] });

    public static readonly (string Name, Shape Shape) DeletionProtection =
        ("DeletionProtectionEnabled", Members.Flag);

    public static readonly (string Name, Shape Shape) Encryption = ("SSESpecification", new StructureShape(
        "SSESpecification",
        ("Enabled", Members.Flag),
        ("SSEType", new TextShape { OneOf = ["AES256", "KMS"] }),
        ("KMSMasterKeyId", Members.Text)));

    public static readonly (string Name, Shape Shape) Stream = ("StreamSpecification", new StructureShape(
        "StreamSpecification",
        ("StreamEnabled", new FlagShape { IsRequired = true }),
        ("StreamViewType", new TextShape { OneOf = ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"] })));

    public static readonly (string Name, Shape Shape) OnDemandThroughput = ("OnDemandThroughput", new StructureShape(
        "OnDemandThroughput",
        ("MaxReadRequestUnits", new WholeShape("Long")),
        ("MaxWriteRequestUnits", new WholeShape("Long"))));

    public static readonly (string Name, Shape Shape) WarmThroughput = ("WarmThroughput", new StructureShape(
        "WarmThroughput",
        ("ReadUnitsPerSecond", new WholeShape("Long") { Least = 1 }),
        ("WriteUnitsPerSecond", new WholeShape("Long") { Least = 1 })));

    /// <summary>The members of global tables.</summary>
    public static readonly (string Name, Shape Shape)[] Replication =
    [
        .. new[]
        {
            "ReplicaUpdates", "GlobalTableWitnessUpdates", "MultiRegionConsistency",
            "GlobalTableSettingsReplicationMode", "GlobalTableSourceArn",
        }.Select(name => (name, (Shape)new UnservedShape("tables have no replicas in other regions"))),
    ];

    public static readonly StructureShape Tag = new(
        "Tag", ("Key", Members.RequiredText), ("Value", Members.RequiredText))
    { IsElement = true };

    public static (string Name, Shape Shape) AttributeDefinitions(bool isRequired) => (
        "AttributeDefinitions", new ListShape(
        new StructureShape(
            "AttributeDefinition",
            ("AttributeName", new TextShape { IsRequired = true, Shortest = 1, Longest = 255 }),
            ("AttributeType", new TextShape { IsRequired = true, OneOf = ["B", "N", "S"] }))
        { IsElement = true })
        { IsRequired = isRequired });

    public static (string Name, Shape Shape) Throughput(bool isRequired) => (
        "ProvisionedThroughput", new StructureShape(
        "ProvisionedThroughput",
        ("WriteCapacityUnits", new WholeShape("Long") { IsRequired = true, Least = 1 }),
        ("ReadCapacityUnits", new WholeShape("Long") { IsRequired = true, Least = 1 }))
        { IsRequired = isRequired });

    private static readonly StructureShape KeyElement = new(
        "KeySchemaElement",
        ("AttributeName", new TextShape { IsRequired = true, Shortest = 1, Longest = 255 }),
        ("KeyType", new TextShape { IsRequired = true, OneOf = ["HASH", "RANGE"] }))
    { IsElement = true };

    public static readonly (string Name, Shape Shape) KeySchema =
        ("KeySchema", new ListShape(KeyElement) { IsRequired = true, Fewest = 1, Most = 2 });

    private static readonly (string Name, Shape Shape) GlobalKeySchema =
        ("KeySchema", new ListShape(KeyElement)
        {
            IsRequired = true,
            Fewest = 1,
            Most = 2 * Catalog.KeySchema.MostOfAKind,
        });

    public static readonly (string Name, Shape Shape) Projection = ("Projection", new StructureShape(
        "Projection",
        ("ProjectionType", new TextShape { OneOf = ["ALL", "INCLUDE", "KEYS_ONLY"] }),
        ("NonKeyAttributes", new ListShape(new TextShape { Shortest = 1, Longest = 255 }) { Fewest = 1, Most = 20 }))
    { IsRequired = true });

    public static readonly (string Name, Shape Shape) LocalIndexes = ("LocalSecondaryIndexes", new ListShape(
        new StructureShape(
            "LocalSecondaryIndex", ("IndexName", Members.Index(isRequired: true)), KeySchema, Projection)
        { IsElement = true }));

    public static readonly (string Name, Shape Shape) GlobalIndexes = ("GlobalSecondaryIndexes", new ListShape(
        new StructureShape(
            "GlobalSecondaryIndex",
            ("IndexName", Members.Index(isRequired: true)),
            GlobalKeySchema,
            Projection,
            Throughput(isRequired: false),
            OnDemandThroughput,
            WarmThroughput)
        { IsElement = true }));

    public static readonly (string Name, Shape Shape) IndexUpdates = ("GlobalSecondaryIndexUpdates", new ListShape(
        new StructureShape(
            "GlobalSecondaryIndexUpdate",
            ("Update", new StructureShape(
                "UpdateGlobalSecondaryIndexAction",
                ("IndexName", Members.Index(isRequired: true)),
                Throughput(isRequired: false),
                OnDemandThroughput,
                WarmThroughput)),
            ("Create", new StructureShape(
                "CreateGlobalSecondaryIndexAction",
                Projection,
                ("IndexName", Members.Index(isRequired: true)),
                Throughput(isRequired: false),
                OnDemandThroughput,
                WarmThroughput,
                GlobalKeySchema)),
            ("Delete", new StructureShape(
                "DeleteGlobalSecondaryIndexAction", ("IndexName", Members.Index(isRequired: true)))))
        { IsElement = true }));
}

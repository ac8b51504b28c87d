namespace Esb.Manifests;

/// <summary>
/// The supported properties of AWS::DynamoDB::Table. They are also the names of features that a store may lack.
/// </summary>
internal static class TableProperty
{
    public const string Name = "TableName";
    public const string Keys = "KeySchema";
    public const string Attributes = "AttributeDefinitions";
    public const string Billing = "BillingMode";
    public const string Throughput = "ProvisionedThroughput";
    public const string GlobalIndexes = "GlobalSecondaryIndexes";
    public const string LocalIndexes = "LocalSecondaryIndexes";
    public const string Stream = "StreamSpecification";
    public const string TimeToLive = "TimeToLiveSpecification";
    public const string Encryption = "SSESpecification";
    public const string Class = "TableClass";
    public const string DeletionProtection = "DeletionProtectionEnabled";
    public const string Recovery = "PointInTimeRecoverySpecification";
    public const string Tags = "Tags";

    public static readonly IReadOnlyList<string> All =
    [
        Name, Keys, Attributes, Billing, Throughput, GlobalIndexes, LocalIndexes, Stream, TimeToLive, Encryption, Class,
        DeletionProtection, Recovery, Tags,
    ];

    /// <summary>
    /// Properties that do not change what a function sees: a local store may ignore them without harm.
    /// </summary>
    public static readonly IReadOnlySet<string> Administrative =
        new HashSet<string> { Encryption, Class, DeletionProtection, Recovery, Tags, Throughput, Billing };
}

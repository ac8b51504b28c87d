using Esb.Sam.Receipts;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// Values of tables and buckets. The provisioner checks how they fit together, because it has to check hand-written
/// files too. Sources: CloudFormation, "AWS::DynamoDB::Table" and "AWS::S3::Bucket".
/// </summary>
internal static class StoreRules
{
    private static readonly ValueRule Throughput = Of(
        ("ReadCapacityUnits", Whole(1, int.MaxValue)), ("WriteCapacityUnits", Whole(1, int.MaxValue)))
        .Requiring("ReadCapacityUnits WriteCapacityUnits");

    // DescribeTable, and templates made from its output, have zeros for a table that is billed by request.
    private static readonly ValueRule ThroughputOrNone = Of(
        ("ReadCapacityUnits", Whole(0, int.MaxValue)), ("WriteCapacityUnits", Whole(0, int.MaxValue)))
        .Requiring("ReadCapacityUnits WriteCapacityUnits");

    private static readonly ValueRule Keys =
        List(Of(("AttributeName", Text), ("KeyType", Word("HASH RANGE"))).Requiring("AttributeName KeyType"));

    private static readonly ValueRule Projection =
        Of(("ProjectionType", Word("ALL KEYS_ONLY INCLUDE")), ("NonKeyAttributes", Texts)).Requiring("ProjectionType");

    private static readonly ValueRule Encryption = Of(("SSEEnabled", Flag), ("SSEType", Word("AES256 KMS")))
        .Ignoring(Reasons.Identity, "KMSMasterKeyId")
        .Requiring("SSEEnabled");

    private static readonly ValueRule Recovery =
        Of(("PointInTimeRecoveryEnabled", Flag), ("RecoveryPeriodInDays", Whole(1, 35)));

    private static readonly ObjectRule Index = Of(
        ("IndexName", Text), ("KeySchema", Keys), ("Projection", Projection),
        ("ProvisionedThroughput", ThroughputOrNone))
        .Ignoring(Reasons.NotServed, "ContributorInsightsSpecification OnDemandThroughput WarmThroughput")
        .Requiring("IndexName KeySchema Projection");

    public static readonly (string Type, ObjectRule Rule)[] All =
    [
        ("AWS::Serverless::SimpleTable", Of(
            ("TableName", Text),
            ("PrimaryKey", Of(("Name", Text), ("Type", Word("String Number Binary"))).Requiring("Name Type").OfSam()),
            ("ProvisionedThroughput", Throughput), ("SSESpecification", Encryption),
            ("PointInTimeRecoverySpecification", Recovery))),
        ("AWS::DynamoDB::Table", Of(
            ("TableName", Text), ("KeySchema", Keys),
            ("AttributeDefinitions", List(Of(("AttributeName", Text), ("AttributeType", Word("S N B")))
                .Requiring("AttributeName AttributeType"))),
            ("BillingMode", Word("PROVISIONED PAY_PER_REQUEST")), ("ProvisionedThroughput", ThroughputOrNone),
            ("GlobalSecondaryIndexes", List(Index)), ("LocalSecondaryIndexes", List(Index)),
            ("StreamSpecification", Of(("StreamViewType", Word("NEW_IMAGE OLD_IMAGE NEW_AND_OLD_IMAGES KEYS_ONLY")))
                .Ignoring(Reasons.Identity, "ResourcePolicy")
                .Requiring("StreamViewType")),
            ("TimeToLiveSpecification", Of(("AttributeName", Text), ("Enabled", Flag)).Requiring("Enabled")),
            ("SSESpecification", Encryption), ("PointInTimeRecoverySpecification", Recovery),
            ("DeletionProtectionEnabled", Flag), ("TableClass", Word("STANDARD STANDARD_INFREQUENT_ACCESS")),
            ("Tags", Forms.Tags))),
        ("AWS::S3::Bucket", BucketRules.Bucket),
    ];
}

namespace Esb.Sam.Receipts;

/// <summary>
/// What becomes of each property of the resource types that are served. A property that stands in no list is a typing error. Source:
/// the AWS SAM specification and the CloudFormation resource reference.
/// </summary>
internal sealed record KnownProperties(IReadOnlySet<string> Applied, IReadOnlyDictionary<string, string> Ignored)
{
    private const string NoIdentity = "the box has no identities and permissions";
    private const string NoNetwork = "functions use the network of the machine";
    private const string NoTracing = "there is no tracing service";
    private const string NotYet = "not served by this version";
    private const string Managed = "concerns AWS's own operation";

    private static readonly Dictionary<string, KnownProperties> ByType = new(StringComparer.Ordinal)
    {
        ["AWS::Serverless::Function"] = Of(
            "FunctionName Handler Runtime CodeUri InlineCode ImageUri ImageConfig PackageType Timeout MemorySize Environment Layers Events ReservedConcurrentExecutions ProvisionedConcurrencyConfig Architectures Description",
            (NoIdentity, "Role Policies PermissionsBoundary AssumeRolePolicyDocument RolePath KmsKeyArn SourceKmsKeyArn CodeSigningConfigArn"),
            (NoNetwork, "VpcConfig FileSystemConfigs"),
            (NoTracing, "Tracing"),
            (NotYet, "FunctionUrlConfig AutoPublishAlias AutoPublishAliasAllProperties AutoPublishCodeSha256 DeploymentPreference DeadLetterQueue EventInvokeConfig EphemeralStorage VersionDescription VersionDeletionPolicy PublishToLatestPublished"),
            (Managed, "Tags PropagateTags RuntimeManagementConfig SnapStart LoggingConfig RecursiveLoop Connectors CapacityProviderConfig FunctionScalingConfig TenancyConfig DurableConfig")),
        ["AWS::Lambda::Function"] = Of(
            "FunctionName Handler Runtime Code ImageConfig PackageType Timeout MemorySize Environment Layers ReservedConcurrentExecutions Architectures Description",
            (NoIdentity, "Role KmsKeyArn CodeSigningConfigArn"),
            (NoNetwork, "VpcConfig FileSystemConfigs"),
            (NoTracing, "TracingConfig"),
            (NotYet, "DeadLetterConfig EphemeralStorage"),
            (Managed, "Tags RuntimeManagementConfig SnapStart LoggingConfig RecursiveLoop PublishToLatestPublished CapacityProviderConfig FunctionScalingConfig TenancyConfig DurableConfig")),
        ["AWS::Serverless::Api"] = Of(
            "StageName Cors Auth Name Description",
            (NotYet, "DefinitionBody DefinitionUri BinaryMediaTypes Models GatewayResponses MinimumCompressionSize Variables"),
            (Managed, "AccessLogSetting AlwaysDeploy ApiKeySourceType CacheClusterEnabled CacheClusterSize CanarySetting DisableExecuteApiEndpoint Domain EndpointConfiguration FailOnWarnings MergeDefinitions MethodSettings Mode OpenApiVersion Policy PropagateTags SecurityPolicy Tags TracingEnabled EndpointAccessMode")),
        ["AWS::Serverless::HttpApi"] = Of(
            "StageName CorsConfiguration Auth Name Description",
            (NotYet, "DefinitionBody DefinitionUri StageVariables"),
            (Managed, "AccessLogSettings DefaultRouteSettings DisableExecuteApiEndpoint Domain FailOnWarnings PropagateTags RouteSettings Tags")),
        ["AWS::Serverless::SimpleTable"] = Of("TableName PrimaryKey ProvisionedThroughput SSESpecification PointInTimeRecoverySpecification", (Managed, "Tags")),
        ["AWS::DynamoDB::Table"] = Of(
            "TableName KeySchema AttributeDefinitions BillingMode ProvisionedThroughput GlobalSecondaryIndexes LocalSecondaryIndexes StreamSpecification TimeToLiveSpecification SSESpecification PointInTimeRecoverySpecification DeletionProtectionEnabled TableClass Tags",
            (NotYet, "ContributorInsightsSpecification ImportSourceSpecification KinesisStreamSpecification OnDemandThroughput WarmThroughput ResourcePolicy")),
        ["AWS::S3::Bucket"] = Of(
            "BucketName VersioningConfiguration LifecycleConfiguration CorsConfiguration BucketEncryption PublicAccessBlockConfiguration Tags",
            (NotYet, "NotificationConfiguration WebsiteConfiguration ReplicationConfiguration ObjectLockConfiguration ObjectLockEnabled LoggingConfiguration AccelerateConfiguration"),
            (Managed, "AccessControl AnalyticsConfigurations IntelligentTieringConfigurations InventoryConfigurations InventoryTableConfigurations JournalTableConfigurations MetadataConfiguration MetadataTableConfiguration MetricsConfigurations OwnershipControls AbacStatus BucketNamePrefix BucketNamespace")),
        ["AWS::Serverless::LayerVersion"] = Of("LayerName ContentUri CompatibleRuntimes Description", (Managed, "CompatibleArchitectures LicenseInfo RetentionPolicy PublishLambdaVersion")),
        ["AWS::Lambda::LayerVersion"] = Of("LayerName Content CompatibleRuntimes Description", (Managed, "CompatibleArchitectures LicenseInfo")),
    };

    /// <summary>All types that are served.</summary>
    public static IEnumerable<string> Types => ByType.Keys;

    /// <summary>Null for a type that is not served.</summary>
    public static KnownProperties? For(string type) => ByType.GetValueOrDefault(type);

    /// <summary>All names that the type has on AWS.</summary>
    public IEnumerable<string> All => Applied.Concat(Ignored.Keys);

    private static KnownProperties Of(string applied, params (string Reason, string Names)[] ignored) => new(
        applied.Split(' ').ToHashSet(StringComparer.Ordinal),
        ignored.SelectMany(i => i.Names.Split(' ').Select(n => (n, i.Reason))).ToDictionary(i => i.n, i => i.Reason, StringComparer.Ordinal));
}

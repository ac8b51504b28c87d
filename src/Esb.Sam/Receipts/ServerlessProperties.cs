using static Esb.Sam.Receipts.PropertyGroup;

namespace Esb.Sam.Receipts;

/// <summary>
/// The resource types of SAM that are served. Source: AWS SAM Developer Guide, "AWS SAM resource and property
/// reference".
/// </summary>
internal static class ServerlessProperties
{
    public static readonly IReadOnlyList<(string Type, IReadOnlyList<PropertyGroup> Groups)> All =
    [
        ("AWS::Serverless::Function", [
            Applied("FunctionName Handler Runtime CodeUri InlineCode ImageUri ImageConfig PackageType Timeout "
                + "MemorySize Environment Layers Events Architectures Description ReservedConcurrentExecutions "
                + "ProvisionedConcurrencyConfig FunctionUrlConfig"),
            Approximated("there is one version, and the alias names it", "AutoPublishAlias"),
            Approximated("the size is passed on; process mode does not enforce it", "EphemeralStorage"),
            Approximated("retries, age and destinations that are functions", "EventInvokeConfig"),
            Approximated("served when the target is a function", "DeadLetterQueue"),
            Approximated(Reasons.Tenants, "TenancyConfig"),
            Ignored(Reasons.Identity, "Role Policies PermissionsBoundary AssumeRolePolicyDocument RolePath KmsKeyArn "
                + "SourceKMSKeyArn CodeSigningConfigArn"),
            Ignored(Reasons.Network, "VpcConfig FileSystemConfigs"),
            Ignored(Reasons.Tracing, "Tracing"),
            Ignored("a deploy replaces the function at once", "AutoPublishAliasAllProperties AutoPublishCodeSha256 "
                + "DeploymentPreference VersionDescription VersionDeletionPolicy PublishToLatestPublished"),
            Ignored(Reasons.Logging, "LoggingConfig"),
            Ignored(Reasons.Managed, "Tags PropagateTags RuntimeManagementConfig SnapStart RecursiveLoop "
                + "CapacityProviderConfig FunctionScalingConfig DurableConfig"),
        ]),
        ("AWS::Serverless::Api", [
            Applied("StageName Cors Auth Name Description DefinitionBody DefinitionUri MergeDefinitions "
                + "BinaryMediaTypes Variables"),
            Approximated(Reasons.OnlyBasePaths, "Domain"),
            Approximated(Reasons.Policy, "Policy"),
            Approximated(Reasons.Private, "EndpointConfiguration"),
            Approximated(Reasons.KeySource, "ApiKeySourceType"),
            Ignored(Reasons.Checking, "Models GatewayResponses MinimumCompressionSize"),
            Ignored(Reasons.Logging, "AccessLogSetting"),
            Ignored(Reasons.Tracing, "TracingEnabled"),
            Ignored(Reasons.Managed, "AlwaysDeploy CacheClusterEnabled CacheClusterSize CanarySetting "
                + "DisableExecuteApiEndpoint EndpointAccessMode FailOnWarnings MethodSettings Mode OpenApiVersion "
                + "PropagateTags SecurityPolicy Tags"),
        ]),
        ("AWS::Serverless::HttpApi", [
            Applied("StageName CorsConfiguration Auth Name Description DefinitionBody DefinitionUri StageVariables"),
            Approximated(Reasons.OnlyBasePaths, "Domain"),
            Ignored(Reasons.Logging, "AccessLogSettings"),
            Ignored(Reasons.Managed, "DefaultRouteSettings DisableExecuteApiEndpoint FailOnWarnings PropagateTags "
                + "RouteSettings Tags"),
        ]),
        ("AWS::Serverless::SimpleTable", [
            Applied("TableName PrimaryKey ProvisionedThroughput SSESpecification PointInTimeRecoverySpecification"),
            Ignored(Reasons.Managed, "Tags"),
        ]),
        ("AWS::Serverless::LayerVersion", [
            Applied("LayerName ContentUri CompatibleRuntimes Description"),
            Ignored(Reasons.Managed, "CompatibleArchitectures LicenseInfo RetentionPolicy PublishLambdaVersion"),
        ]),
        ("AWS::Serverless::Application", [
            Applied("Location Parameters"),
            Ignored(Reasons.Managed, "NotificationARNs Tags TimeoutInMinutes"),
        ]),
    ];
}

namespace Esb.Sam.Globals;

/// <summary>
/// The properties that each section of <c>Globals</c> may have; SAM refuses others. Source: AWS SAM Developer Guide,
/// "Globals section of the AWS SAM template", "Supported resources and properties".
/// </summary>
internal static class GlobalProperties
{
    private static readonly Dictionary<string, string[]> BySection = new(StringComparer.Ordinal)
    {
        ["Function"] =
        [
            .. Names("Handler Runtime CodeUri DeadLetterQueue Description MemorySize Timeout VpcConfig Environment "
                + "Tags PropagateTags Tracing KmsKeyArn AutoPublishAlias AutoPublishAliasAllProperties Layers"),
            .. Names("DeploymentPreference RolePath PermissionsBoundary ReservedConcurrentExecutions "
                + "ProvisionedConcurrencyConfig AssumeRolePolicyDocument EventInvokeConfig FileSystemConfigs "
                + "CodeSigningConfigArn"),
            .. Names("Architectures SnapStart EphemeralStorage FunctionUrlConfig RuntimeManagementConfig LoggingConfig "
                + "RecursiveLoop SourceKMSKeyArn TenancyConfig DurableConfig CapacityProviderConfig"),
            .. Names("FunctionScalingConfig PublishToLatestPublished VersionDeletionPolicy"),
        ],
        ["Api"] =
        [
            .. Names("Auth Name DefinitionUri CacheClusterEnabled CacheClusterSize MergeDefinitions Variables "
                + "EndpointConfiguration MethodSettings BinaryMediaTypes MinimumCompressionSize Cors GatewayResponses"),
            .. Names("AccessLogSetting CanarySetting TracingEnabled OpenApiVersion Domain AlwaysDeploy PropagateTags "
                + "SecurityPolicy EndpointAccessMode"),
        ],
        ["HttpApi"] = Names("Auth AccessLogSettings StageVariables Tags CorsConfiguration DefaultRouteSettings Domain "
            + "RouteSettings FailOnWarnings PropagateTags"),
        ["SimpleTable"] = Names("SSESpecification"),
        ["LayerVersion"] = Names("PublishLambdaVersion"),
    };

    /// <summary>The properties of a section; null for a section that is not checked.</summary>
    public static IReadOnlyList<string>? Of(string section) => BySection.GetValueOrDefault(section);

    private static string[] Names(string names) => names.Split(' ');
}

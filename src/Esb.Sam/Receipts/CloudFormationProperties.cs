using static Esb.Sam.Receipts.PropertyGroup;

namespace Esb.Sam.Receipts;

/// <summary>
/// The resource types of CloudFormation that are served. Source: CloudFormation, "AWS resource and property types
/// reference".
/// </summary>
internal static class CloudFormationProperties
{
    public static readonly IReadOnlyList<(string Type, IReadOnlyList<PropertyGroup> Groups)> All =
    [
        ("AWS::Lambda::Function", [
            Applied("FunctionName Handler Runtime Code ImageConfig PackageType Timeout MemorySize Environment Layers "
                + "ReservedConcurrentExecutions Architectures Description"),
            Approximated("the size is passed on; process mode does not enforce it", "EphemeralStorage"),
            Approximated("served when the target is a function", "DeadLetterConfig"),
            Approximated(Reasons.Tenants, "TenancyConfig"),
            OfAws(Reasons.NeedsRole, "Role"),
            Ignored(Reasons.Identity, "KmsKeyArn CodeSigningConfigArn"),
            Ignored(Reasons.Network, "VpcConfig FileSystemConfigs"),
            Ignored(Reasons.Tracing, "TracingConfig"),
            Ignored(Reasons.Logging, "LoggingConfig"),
            Ignored(Reasons.Managed, "Tags RuntimeManagementConfig SnapStart RecursiveLoop PublishToLatestPublished "
                + "CapacityProviderConfig FunctionScalingConfig DurableConfig"),
        ]),
        ("AWS::Lambda::Url", [
            Applied("TargetFunctionArn AuthType Cors InvokeMode"),
            Approximated("there is one version", "Qualifier"),
        ]),
        ("AWS::Lambda::Alias", [
            Approximated("there is one version, and the alias names it", "FunctionName Name FunctionVersion"),
            Ignored(Reasons.Managed, "Description RoutingConfig ProvisionedConcurrencyConfig"),
        ]),
        ("AWS::Lambda::LayerVersion", [
            Applied("LayerName Content CompatibleRuntimes Description"),
            Ignored(Reasons.Managed, "CompatibleArchitectures LicenseInfo"),
        ]),
        ("AWS::DynamoDB::Table", [
            Applied("TableName KeySchema AttributeDefinitions BillingMode ProvisionedThroughput GlobalSecondaryIndexes "
                + "LocalSecondaryIndexes StreamSpecification TimeToLiveSpecification SSESpecification "
                + "PointInTimeRecoverySpecification DeletionProtectionEnabled TableClass Tags"),
            Ignored(Reasons.NotServed, "ContributorInsightsSpecification ImportSourceSpecification "
                + "KinesisStreamSpecification OnDemandThroughput WarmThroughput"),
            Ignored(Reasons.Identity, "ResourcePolicy"),
        ]),
        ("AWS::S3::Bucket", [
            Applied("BucketName VersioningConfiguration LifecycleConfiguration CorsConfiguration BucketEncryption "
                + "PublicAccessBlockConfiguration WebsiteConfiguration Tags"),
            Ignored(Reasons.Notifications, "NotificationConfiguration"),
            Ignored(Reasons.NotServed, "ReplicationConfiguration ObjectLockConfiguration ObjectLockEnabled "
                + "AccelerateConfiguration"),
            Ignored(Reasons.Logging, "LoggingConfiguration"),
            Ignored(Reasons.Managed, "AccessControl AnalyticsConfigurations IntelligentTieringConfigurations "
                + "InventoryConfigurations InventoryTableConfigurations JournalTableConfigurations "
                + "MetadataConfiguration MetadataTableConfiguration MetricsConfigurations OwnershipControls AbacStatus "
                + "BucketNamePrefix BucketNamespace"),
        ]),
        ("AWS::Events::Rule", [
            Applied("ScheduleExpression State Targets"),
            Ignored("rules for events are not served, only schedules", "EventPattern"),
            Ignored(Reasons.Managed, "Name Description EventBusName RoleArn Tags"),
        ]),
        ("AWS::Scheduler::Schedule", [
            Applied("ScheduleExpression ScheduleExpressionTimezone StartDate EndDate State Target"),
            OfAws(Reasons.ToTheMinute, "FlexibleTimeWindow"),
            Ignored(Reasons.Managed, "Name Description GroupName KmsKeyArn"),
        ]),
        ("AWS::ApiGateway::RestApi",
        [
            Applied("Name Description Body BinaryMediaTypes"),
            Approximated(Reasons.Policy, "Policy"),
            Approximated(Reasons.OnAws, "BodyS3Location CloneFrom"),
            Approximated(Reasons.Private, "EndpointConfiguration"),
            Approximated(Reasons.KeySource, "ApiKeySourceType"),
            Ignored(Reasons.Managed, "DisableExecuteApiEndpoint EndpointAccessMode FailOnWarnings "
                + "MinimumCompressionSize Mode Parameters SecurityPolicy Tags"),
        ]),
        ("AWS::ApiGateway::Resource", [Applied("ParentId PathPart RestApiId")]),
        ("AWS::ApiGateway::Method",
        [
            Applied("RestApiId ResourceId HttpMethod Integration AuthorizationType AuthorizerId AuthorizationScopes "
                + "ApiKeyRequired"),
            OfAws(Reasons.Declarations, "MethodResponses RequestParameters"),
            Ignored(Reasons.Checking, "OperationName RequestModels RequestValidatorId"),
        ]),
        ("AWS::ApiGateway::Authorizer", [
            Applied("RestApiId Name Type AuthorizerUri AuthorizerResultTtlInSeconds IdentitySource "
                + "IdentityValidationExpression ProviderARNs"),
            Ignored(Reasons.Identity, "AuthorizerCredentials AuthType"),
        ]),
        ("AWS::ApiGateway::Stage", [
            Applied("RestApiId StageName Variables"),
            OfAws(Reasons.NeedsDeployment, "DeploymentId"),
            Ignored(Reasons.Managed, "AccessLogSetting CacheClusterEnabled CacheClusterSize CanarySetting "
                + "ClientCertificateId Description DocumentationVersion MethodSettings Tags TracingEnabled"),
        ]),
        ("AWS::ApiGateway::Deployment", [
            Applied("RestApiId StageName"),
            Ignored(Reasons.Managed, "DeploymentCanarySettings Description StageDescription"),
        ]),
        ("AWS::ApiGateway::DomainName", [
            Approximated(Reasons.OfDomains, "DomainName MutualTlsAuthentication"),
            OfAws(Reasons.Names, "CertificateArn EndpointConfiguration RegionalCertificateArn"),
            Ignored(
                Reasons.Names,
                "EndpointAccessMode OwnershipVerificationCertificateArn RoutingMode SecurityPolicy Tags"),
        ]),
        ("AWS::ApiGateway::BasePathMapping", [
            Approximated(Reasons.OfDomains, "DomainName RestApiId"),
            Ignored(Reasons.NoBasePath, "BasePath"),
            OfAws(Reasons.Names, "Stage"),
        ]),
        ("AWS::ApiGateway::ApiKey", [
            Applied("Name Value Enabled"),
            Ignored(Reasons.Managed, "CustomerId Description GenerateDistinctId StageKeys Tags"),
        ]),
        ("AWS::ApiGateway::UsagePlan", [
            Applied("Throttle Quota UsagePlanName ApiStages"),
            Ignored(Reasons.Managed, "Description Tags"),
        ]),
        ("AWS::ApiGateway::UsagePlanKey", [Applied("KeyId KeyType UsagePlanId")]),
        ("AWS::ApiGatewayV2::Api", [
            Applied("Name Description ProtocolType Body CorsConfiguration RouteKey Target"),
            Approximated(Reasons.OnAws, "BodyS3Location"),
            Ignored(Reasons.Managed, "ApiKeySelectionExpression BasePath CredentialsArn DisableExecuteApiEndpoint "
                + "DisableSchemaValidation FailOnWarnings IpAddressType RouteSelectionExpression Tags Version"),
        ]),
        ("AWS::ApiGatewayV2::Route", [
            Applied("ApiId RouteKey Target AuthorizationType AuthorizerId AuthorizationScopes ApiKeyRequired"),
            Ignored(Reasons.Checking, "ModelSelectionExpression OperationName RequestModels RequestParameters "
                + "RouteResponseSelectionExpression"),
        ]),
        ("AWS::ApiGatewayV2::Integration", [
            Applied("ApiId IntegrationType IntegrationUri IntegrationMethod PayloadFormatVersion"),
            Approximated(
                "with HTTP_PROXY; what cannot be honoured there closes the route; functions are called without them",
                "ConnectionType RequestParameters ResponseParameters TimeoutInMillis"),
            Ignored(Reasons.Checking, "ContentHandlingStrategy PassthroughBehavior RequestTemplates "
                + "TemplateSelectionExpression"),
            Ignored(Reasons.Managed, "ConnectionId CredentialsArn Description IntegrationSubtype TlsConfig"),
        ]),
        ("AWS::ApiGatewayV2::Authorizer", [
            Applied("ApiId Name AuthorizerType AuthorizerUri AuthorizerPayloadFormatVersion "
                + "AuthorizerResultTtlInSeconds EnableSimpleResponses IdentitySource IdentityValidationExpression "
                + "JwtConfiguration"),
            Ignored(Reasons.Identity, "AuthorizerCredentialsArn"),
        ]),
        ("AWS::ApiGatewayV2::Stage", [
            Applied("ApiId StageName StageVariables"),
            OfAws(Reasons.NeedsDeployment, "AutoDeploy DeploymentId"),
            Ignored(Reasons.Managed, "AccessLogSettings AccessPolicyId ClientCertificateId DefaultRouteSettings "
                + "Description RouteSettings Tags"),
        ]),
        ("AWS::ApiGatewayV2::DomainName", [
            Approximated(Reasons.OfDomains, "DomainName MutualTlsAuthentication"),
            OfAws(Reasons.Names, "DomainNameConfigurations"),
            Ignored(Reasons.Names, "RoutingMode Tags"),
        ]),
        ("AWS::ApiGatewayV2::ApiMapping", [
            Approximated(Reasons.OfDomains, "DomainName ApiId"),
            Ignored(Reasons.NoBasePath, "ApiMappingKey"),
            OfAws(Reasons.Names, "Stage"),
        ]),
        ("AWS::CloudFormation::Stack", [
            Applied("TemplateURL Parameters"),
            Ignored(Reasons.Managed, "NotificationARNs Tags TimeoutInMinutes"),
        ]),
    ];
}

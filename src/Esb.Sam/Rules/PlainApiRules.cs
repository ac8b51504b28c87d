using Esb.Sam.Receipts;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// Values of API Gateway resources of CloudFormation. Source: CloudFormation, "AWS::ApiGateway::*" and
/// "AWS::ApiGatewayV2::*".
/// </summary>
internal static class PlainApiRules
{
    private const int Max = 1_000_000_000;

    public static readonly ValueRule Quota = new QuotaRule(Of(
        ("Limit", Whole(0, Max)), ("Offset", Whole(0, Max)), ("Period", Word("DAY WEEK MONTH")))
        .Requiring("Limit Period"));

    public static readonly ValueRule Throttle = Of(("BurstLimit", Whole(0, Max)), ("RateLimit", new AmountRule()));

    public static readonly ValueRule EndpointType = new WordRule(["EDGE", "REGIONAL", "PRIVATE"], IgnoreCase: true);

    public static readonly ValueRule KeySource = Word("HEADER AUTHORIZER");

    private static readonly ValueRule ContentHandling = Word("CONVERT_TO_BINARY CONVERT_TO_TEXT");

    private static readonly ValueRule IntegrationResponse = Of(
        ("StatusCode", Text), ("SelectionPattern", Text), ("ContentHandling", ContentHandling),
        ("ResponseParameters", TextMap), ("ResponseTemplates", TextMap)).Requiring("StatusCode");

    // Keys that apply to one type only are checked when that type is read.
    private static readonly ValueRule Integration = Of(
        ("Type", Word("AWS AWS_PROXY HTTP HTTP_PROXY MOCK aws aws_proxy http http_proxy mock")), ("Uri", Text),
        ("IntegrationResponses", List(IntegrationResponse)), ("RequestTemplates", TextMap),
        ("IntegrationHttpMethod", Method), ("PassthroughBehavior", Word("WHEN_NO_MATCH WHEN_NO_TEMPLATES NEVER")),
        ("RequestParameters", TextMap), ("ConnectionType", Word("INTERNET VPC_LINK")))
        .Ignoring(Reasons.Identity, "Credentials")
        .Ignoring(Reasons.Checking, "ContentHandling")
        .Ignoring(Reasons.Managed, "CacheKeyParameters CacheNamespace")
        .Ignoring(Reasons.Network, "ConnectionId IntegrationTarget")
        .Ignoring(Reasons.OwnTimeout, "TimeoutInMillis")
        .Ignoring(Reasons.WholeAnswers, "ResponseTransferMode")
        .Requiring("Type");

    private static readonly ValueRule Ttl = Whole(0, 3600);

    private static readonly ValueRule OnS3 =
        Of(("Bucket", Text), ("Key", Text), ("Version", Text), ("ETag", Text), ("Etag", Text));

    private static readonly ObjectRule Domain =
        Of(("DomainName", ApiRules.DomainName), ("MutualTlsAuthentication", ApiRules.Certificates));

    // Source: API Gateway API reference, "CreateAuthorizer", identitySource.
    private const string Source = @"(method\.request\.(header|querystring)|context|stageVariables)\.[^\s,]+";

    private static readonly ValueRule Sources = Like(
        $@"\s*{Source}(\s*,\s*{Source})*\s*",
        "method.request.header.NAME, method.request.querystring.NAME, context.NAME or stageVariables.NAME, "
        + "separated by commas");

    private static readonly ValueRule HttpSources = List(Like(
        @"(\$|route\.)(request\.(header|querystring)|context|stageVariables)\.[^\s,]+",
        "$request.header.NAME, $request.querystring.NAME, $context.NAME or $stageVariables.NAME"));

    private static readonly ValueRule ResponseParameters =
        Map(Of(("ResponseParameters", List(Of(("Destination", Text), ("Source", Text))))));

    public static readonly (string Type, ObjectRule Rule)[] All = [.. Rest, .. Http];

    private static (string Type, ObjectRule Rule)[] Rest =>
    [
        ("AWS::ApiGateway::RestApi", Of(
            ("Name", Text), ("Description", Sized(0, 1024)), ("Body", Mapping), ("BinaryMediaTypes", Texts),
            ("Policy", TextOr(Mapping)), ("BodyS3Location", OnS3), ("CloneFrom", Text),
            ("ApiKeySourceType", KeySource),
            ("EndpointConfiguration", Of(
                ("Types", List(EndpointType)), ("VpcEndpointIds", Texts), ("IpAddressType", Word("ipv4 dualstack")))))),
        ("AWS::ApiGateway::Resource", Of(("ParentId", Text), ("PathPart", Text), ("RestApiId", Text))
            .Requiring("ParentId PathPart RestApiId")),
        ("AWS::ApiGateway::Method", Of(
            ("RestApiId", Text), ("ResourceId", Text), ("HttpMethod", Method), ("Integration", Integration),
            ("AuthorizationType", Word("NONE AWS_IAM CUSTOM COGNITO_USER_POOLS")), ("AuthorizerId", Text),
            ("AuthorizationScopes", Texts), ("ApiKeyRequired", Flag)).Requiring("RestApiId ResourceId HttpMethod")),
        ("AWS::ApiGateway::Authorizer", Of(
            ("RestApiId", Text), ("Name", Text), ("Type", Word("TOKEN REQUEST COGNITO_USER_POOLS")),
            ("AuthorizerUri", Text), ("AuthorizerResultTtlInSeconds", Ttl), ("IdentitySource", Sources),
            ("IdentityValidationExpression", Expression), ("ProviderARNs", Texts)).Requiring("RestApiId Name Type")),
        ("AWS::ApiGateway::Stage", Of(
            ("RestApiId", Text), ("StageName", Forms.Stage), ("Variables", Forms.StageVariables))
            .Requiring("RestApiId")),
        ("AWS::ApiGateway::Deployment", Of(("RestApiId", Text), ("StageName", Forms.Stage)).Requiring("RestApiId")),
        ("AWS::ApiGateway::ApiKey", Of(("Name", Text), ("Value", new SecretRule(20, 128)), ("Enabled", Flag))),
        ("AWS::ApiGateway::UsagePlan", Of(
            ("Throttle", Throttle), ("Quota", Quota), ("UsagePlanName", Text),
            ("ApiStages", List(Of(("ApiId", Text), ("Stage", Text), ("Throttle", Map(Throttle))))))),
        ("AWS::ApiGateway::UsagePlanKey", Of(
            ("KeyId", Text), ("KeyType", new WordRule(["API_KEY"], IgnoreCase: false)), ("UsagePlanId", Text))
            .Requiring("KeyId KeyType UsagePlanId")),
        ("AWS::ApiGateway::DomainName", Domain),
        ("AWS::ApiGateway::BasePathMapping", Of(("DomainName", Text), ("RestApiId", Text)).Requiring("DomainName")),
    ];

    private static (string Type, ObjectRule Rule)[] Http =>
    [
        ("AWS::ApiGatewayV2::DomainName", Domain.Requiring("DomainName")),
        ("AWS::ApiGatewayV2::ApiMapping", Of(("DomainName", Text), ("ApiId", Text)).Requiring("DomainName ApiId")),
        ("AWS::ApiGatewayV2::Api", Of(
            ("Name", Text), ("Description", Sized(0, 1024)), ("ProtocolType", Word("HTTP WEBSOCKET")),
            ("Body", Mapping), ("BodyS3Location", OnS3), ("CorsConfiguration", ApiRules.HttpCors), ("RouteKey", Text),
            ("Target", Text))),
        ("AWS::ApiGatewayV2::Route", Of(
            ("ApiId", Text), ("RouteKey", Text), ("Target", Text),
            ("AuthorizationType", Word("NONE AWS_IAM CUSTOM JWT")), ("AuthorizerId", Text),
            ("AuthorizationScopes", Texts), ("ApiKeyRequired", Flag)).Requiring("ApiId RouteKey")),
        ("AWS::ApiGatewayV2::Integration", Of(
            ("ApiId", Text), ("IntegrationType", Word("AWS AWS_PROXY HTTP HTTP_PROXY MOCK")), ("IntegrationUri", Text),
            ("PayloadFormatVersion", Word("1.0 2.0")), ("IntegrationMethod", Method),
            ("ConnectionType", Word("INTERNET VPC_LINK")), ("RequestParameters", TextMap),
            ("ResponseParameters", ResponseParameters), ("TimeoutInMillis", Whole(50, 30_000)))
            .Requiring("ApiId IntegrationType")),
        ("AWS::ApiGatewayV2::Authorizer", Of(
            ("ApiId", Text), ("Name", Text), ("AuthorizerType", Word("JWT REQUEST")), ("AuthorizerUri", Text),
            ("AuthorizerPayloadFormatVersion", Word("1.0 2.0")), ("AuthorizerResultTtlInSeconds", Ttl),
            ("EnableSimpleResponses", Flag), ("IdentitySource", HttpSources),
            ("IdentityValidationExpression", Expression),
            ("JwtConfiguration", Of(("Issuer", Forms.Issuer), ("Audience", Texts))))
            .Requiring("ApiId Name AuthorizerType")),
        ("AWS::ApiGatewayV2::Stage", Of(
            ("ApiId", Text), ("StageName", Forms.HttpStage), ("StageVariables", Forms.StageVariables))
            .Requiring("ApiId StageName")),
    ];
}

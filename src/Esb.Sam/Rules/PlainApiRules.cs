using Esb.Sam.Receipts;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>Values of plain API Gateway resources. Source: CloudFormation, "AWS::ApiGateway::*" and "AWS::ApiGatewayV2::*".</summary>
internal static class PlainApiRules
{
    private const int Most = 1_000_000_000;

    public static readonly ValueRule Quota = Of(("Limit", Whole(0, Most)), ("Offset", Whole(0, Most)), ("Period", Word("DAY WEEK MONTH")));

    public static readonly ValueRule Throttle = Of(("BurstLimit", Whole(0, Most)), ("RateLimit", new AmountRule()));

    private static readonly ValueRule Integration = Of(("Type", Word("AWS AWS_PROXY HTTP HTTP_PROXY MOCK aws aws_proxy http http_proxy mock")), ("Uri", Text), ("IntegrationResponses", Anything), ("RequestTemplates", Anything), ("IntegrationHttpMethod", Text))
        // The first has no effect beside a proxy; the readers of the others say what becomes of them.
        .Ignoring(null, "PassthroughBehavior RequestParameters ConnectionType").Ignoring(Reasons.Identity, "Credentials").Ignoring(Reasons.Checking, "ContentHandling")
        .Ignoring(Reasons.Managed, "CacheKeyParameters CacheNamespace").Ignoring(Reasons.Network, "ConnectionId IntegrationTarget")
        .Ignoring(Reasons.OwnTimeout, "TimeoutInMillis").Ignoring(Reasons.WholeAnswers, "ResponseTransferMode");

    private static readonly ValueRule Ttl = Whole(0, 3600);

    public static readonly (string Type, ObjectRule Rule)[] All =
    [
        ("AWS::ApiGateway::RestApi", Of(("Name", Text), ("Description", Text), ("Body", Mapping), ("BinaryMediaTypes", Texts), ("Policy", TextOr(Mapping)))),
        ("AWS::ApiGateway::Resource", Of(("ParentId", Text), ("PathPart", Text), ("RestApiId", Text))),
        ("AWS::ApiGateway::Method", Of(
            ("RestApiId", Text), ("ResourceId", Text), ("HttpMethod", Method), ("Integration", Integration), ("AuthorizationType", Word("NONE AWS_IAM CUSTOM COGNITO_USER_POOLS")),
            ("AuthorizerId", Text), ("AuthorizationScopes", Texts), ("ApiKeyRequired", Flag))),
        ("AWS::ApiGateway::Authorizer", Of(
            ("RestApiId", Text), ("Name", Text), ("Type", Word("TOKEN REQUEST COGNITO_USER_POOLS")), ("AuthorizerUri", Text), ("AuthorizerResultTtlInSeconds", Ttl), ("IdentitySource", Text),
            ("IdentityValidationExpression", Expression), ("ProviderARNs", Texts))),
        ("AWS::ApiGateway::Stage", Of(("RestApiId", Text), ("StageName", Text), ("Variables", TextMap))),
        ("AWS::ApiGateway::Deployment", Of(("RestApiId", Text), ("StageName", Text))),
        ("AWS::ApiGateway::ApiKey", Of(("Name", Text), ("Value", Text), ("Enabled", Flag))),
        ("AWS::ApiGateway::UsagePlan", Of(("Throttle", Throttle), ("Quota", Quota), ("UsagePlanName", Text), ("ApiStages", List(Of(("ApiId", Text), ("Stage", Text), ("Throttle", Mapping)))))),
        ("AWS::ApiGateway::UsagePlanKey", Of(("KeyId", Text), ("UsagePlanId", Text))),
        ("AWS::ApiGatewayV2::Api", Of(
            ("Name", Text), ("Description", Text), ("ProtocolType", Word("HTTP WEBSOCKET")), ("Body", Mapping), ("CorsConfiguration", ApiRules.HttpCors), ("RouteKey", Text), ("Target", Text))),
        ("AWS::ApiGatewayV2::Route", Of(
            ("ApiId", Text), ("RouteKey", Text), ("Target", Text), ("AuthorizationType", Word("NONE AWS_IAM CUSTOM JWT")), ("AuthorizerId", Text), ("AuthorizationScopes", Texts), ("ApiKeyRequired", Flag))),
        ("AWS::ApiGatewayV2::Integration", Of(
            ("ApiId", Text), ("IntegrationType", Word("AWS AWS_PROXY HTTP HTTP_PROXY MOCK")), ("IntegrationUri", Text), ("PayloadFormatVersion", Word("1.0 2.0")), ("IntegrationMethod", Text),
            ("ConnectionType", Word("INTERNET VPC_LINK")), ("RequestParameters", TextMap), ("ResponseParameters", Mapping), ("TimeoutInMillis", Whole(50, 30_000)))),
        ("AWS::ApiGatewayV2::Authorizer", Of(
            ("ApiId", Text), ("Name", Text), ("AuthorizerType", Word("JWT REQUEST")), ("AuthorizerUri", Text), ("AuthorizerPayloadFormatVersion", Word("1.0 2.0")), ("AuthorizerResultTtlInSeconds", Ttl),
            ("EnableSimpleResponses", Flag), ("IdentitySource", Texts), ("IdentityValidationExpression", Expression), ("JwtConfiguration", Of(("Issuer", Text), ("Audience", Texts))))),
        ("AWS::ApiGatewayV2::Stage", Of(("ApiId", Text), ("StageName", Text), ("StageVariables", TextMap))),
    ];
}

using Esb.Sam.Receipts;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>Values of SAM's own APIs. Sources: AWS SAM Developer Guide, "ApiAuth", "HttpApiAuth", "CorsConfiguration", "DomainConfiguration".</summary>
internal static class ApiRules
{
    public static readonly ValueRule HttpCors = Of(
        ("AllowCredentials", Flag), ("AllowHeaders", Texts), ("AllowMethods", Texts), ("AllowOrigins", Texts), ("ExposeHeaders", Texts), ("MaxAge", Whole(-1, 86_400)));

    // Only BasePath counts, which the line of the whole says.
    private static readonly ValueRule Domain = Of(("BasePath", Texts))
        .Ignoring(null, "DomainName CertificateArn EndpointConfiguration NormalizeBasePath OwnershipVerificationCertificateArn Route53 SecurityPolicy IpAddressType AccessAssociation Policy EndpointAccessMode")
        .Ignoring("certificates of clients are not asked for", "MutualTlsAuthentication");

    private static readonly ValueRule UsagePlan = Of(
        ("CreateUsagePlan", Word("PER_API SHARED NONE")), ("Quota", PlainApiRules.Quota), ("Throttle", PlainApiRules.Throttle), ("UsagePlanName", Text), ("Description", Text)).Ignoring(Reasons.Managed, "Tags");

    private static readonly ValueRule Identity = Of(
        ("Context", Texts), ("Headers", Texts), ("QueryStrings", Texts), ("StageVariables", Texts), ("Header", Text), ("ReauthorizeEvery", Whole(0, 3600)), ("ValidationExpression", Expression));

    private static readonly ValueRule RestAuthorizer = Of(
        ("AuthorizationScopes", Texts), ("UserPoolArn", Texts), ("FunctionArn", Text), ("FunctionPayloadType", Word("TOKEN REQUEST")), ("Identity", Identity))
        .Ignoring(Reasons.Identity, "FunctionInvokeRole DisableFunctionDefaultPermissions")
        // SAM takes them and a REST API has neither: a simple answer lets nobody in.
        .Ignoring("a REST API has payload 1.0 and answers that are policies", "AuthorizerPayloadFormatVersion EnableSimpleResponses").Guarding();

    private static readonly ValueRule HttpAuthorizer = Of(
        ("AuthorizationScopes", Texts), ("IdentitySource", Texts), ("JwtConfiguration", Of(("issuer", Text), ("audience", Texts), ("Issuer", Text), ("Audience", Texts))),
        ("FunctionArn", Text), ("AuthorizerPayloadFormatVersion", Word("1.0 2.0")), ("EnableSimpleResponses", Flag), ("Identity", Identity))
        .Ignoring(Reasons.Identity, "FunctionInvokeRole EnableFunctionDefaultPermissions").Guarding();

    private static readonly (string, ValueRule)[] Common =
    [
        ("StageName", Text), ("Name", Text), ("Description", Text), ("Domain", Domain), ("DefinitionBody", Anything),
        ("DefinitionUri", TextOr(Of(("Bucket", Text), ("Key", Text), ("Version", Text)))),
    ];

    public static readonly (string Type, ObjectRule Rule)[] All =
    [
        ("AWS::Serverless::Api", Of(
        [
            .. Common,
            ("MergeDefinitions", Flag), ("Policy", TextOr(Mapping)), ("BinaryMediaTypes", Texts), ("Variables", TextMap),
            ("Cors", TextOr(Of(("AllowCredentials", Text), ("AllowHeaders", Text), ("AllowMethods", Text), ("AllowOrigin", Text), ("MaxAge", Text)))),
            ("Auth", Of(
                ("ApiKeyRequired", Flag), ("Authorizers", Map(RestAuthorizer)), ("DefaultAuthorizer", Text), ("UsagePlan", UsagePlan), ("AddDefaultAuthorizerToCorsPreflight", Flag), ("AddApiKeyRequiredToCorsPreflight", Flag))
                .Ignoring(Reasons.Identity, "InvokeRole").Ignoring(Reasons.ClosingPolicy, "ResourcePolicy").Guarding()),
        ])),
        ("AWS::Serverless::HttpApi", Of(
        [
            .. Common,
            ("StageVariables", TextMap), ("CorsConfiguration", new FlagOrRule(HttpCors)),
            ("Auth", Of(("Authorizers", Map(HttpAuthorizer)), ("DefaultAuthorizer", Text), ("EnableIamAuthorizer", Flag)).Guarding()),
        ])),
    ];
}

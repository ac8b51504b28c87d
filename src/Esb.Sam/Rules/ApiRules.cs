using Esb.Sam.Receipts;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// Values of SAM's own APIs. Sources: AWS SAM Developer Guide, "ApiAuth", "HttpApiAuth", "CorsConfiguration",
/// "DomainConfiguration".
/// </summary>
internal static class ApiRules
{
    private static readonly ValueRule Headers = List(Forms.Header);

    private static LineRule Noted(this ValueRule rule) => new(rule, Reasons.Names);

    public static readonly ObjectRule HttpCors = Of(
        ("AllowCredentials", Flag), ("AllowHeaders", Headers), ("AllowMethods", List(Forms.CorsMethod)),
        ("AllowOrigins", List(Forms.HttpOrigin)), ("ExposeHeaders", Headers), ("MaxAge", Whole(-1, 86_400)));

    public static readonly ValueRule DomainName = Like(@"\S+", "the name of a domain");

    /// <summary>The client certificates that a domain asks for.</summary>
    public static readonly ValueRule Certificates = Of(("TruststoreUri", Text), ("TruststoreVersion", Text));

    // Only BasePath has an effect, as the receipt line of the whole property says.
    private static readonly ValueRule Domain = Of(
        ("BasePath", List(Forms.BasePath) with { TakesOne = true }),
        ("DomainName", DomainName),
        ("CertificateArn", Text),
        ("EndpointConfiguration", Word("EDGE REGIONAL PRIVATE").Noted()),
        ("NormalizeBasePath", Flag),
        ("OwnershipVerificationCertificateArn", Text.Noted()),
        ("Route53", Mapping.Noted()),
        ("SecurityPolicy", Text.Noted()),
        ("IpAddressType", Word("ipv4 dualstack").Noted()),
        ("AccessAssociation", Mapping.Noted()),
        ("EndpointAccessMode", Text.Noted()),
        ("MutualTlsAuthentication", new LineRule(Certificates, "clients are not asked for certificates")))
        .Ignoring(Reasons.ClosingPolicy, "Policy")
        .Requiring("DomainName CertificateArn")
        .OfSam();

    private static readonly ValueRule UsagePlan = Of(
        ("CreateUsagePlan", Word("PER_API SHARED NONE")), ("Quota", PlainApiRules.Quota),
        ("Throttle", PlainApiRules.Throttle), ("UsagePlanName", Text), ("Description", Text))
        .Ignoring(Reasons.Managed, "Tags")
        .Requiring("CreateUsagePlan").OfSam();

    private static readonly ValueRule Identity = Of(
        ("Context", List(Forms.PartOfRequest)), ("Headers", Headers), ("QueryStrings", List(Forms.PartOfRequest)),
        ("StageVariables", List(Forms.PartOfRequest)), ("Header", Forms.Header), ("ReauthorizeEvery", Whole(0, 3600)),
        ("ValidationExpression", Expression)).Guarding();

    // Properties that an authorizer resource has on AWS and that SAM leaves out.
    private const string OfResources = "AuthorizerResultTtlInSeconds AuthorizerType AuthorizerUri Name Type";

    private const string LeftOut =
        "SAM leaves it out; how long an answer is kept is ReauthorizeEvery of Identity";

    private static readonly ObjectRule RestAuthorizer = Of(
        ("AuthorizationScopes", Texts),
        ("UserPoolArn", TextOrTexts),
        ("FunctionArn", Text),
        ("FunctionPayloadType", Word("TOKEN REQUEST")),
        ("Identity", Identity))
        .Ignoring(Reasons.Identity, "FunctionInvokeRole DisableFunctionDefaultPermissions")
        // SAM accepts these settings, but a REST API has neither. There, a simple response admits nobody.
        .Ignoring(
            "a REST API has payload 1.0 and responses that are policies",
            "AuthorizerPayloadFormatVersion EnableSimpleResponses")
        .Ignoring(LeftOut, OfResources).Guarding();

    private static readonly ObjectRule HttpAuthorizer = Of(
        ("AuthorizationScopes", Texts), ("IdentitySource", Text),
        ("JwtConfiguration", Of(
            ("issuer", Forms.Issuer), ("audience", TextOrTexts), ("Issuer", Forms.Issuer), ("Audience", TextOrTexts))
            .Guarding()),
        ("FunctionArn", Text), ("AuthorizerPayloadFormatVersion", Word("1.0 2.0")), ("EnableSimpleResponses", Flag),
        ("Identity", Identity))
        .Ignoring(Reasons.Identity, "FunctionInvokeRole EnableFunctionDefaultPermissions")
        .Ignoring(LeftOut, OfResources).Guarding();

    private static readonly (string, ValueRule)[] Common =
    [
        ("Name", Text), ("Description", Sized(0, 1024)), ("Domain", Domain), ("DefinitionBody", Anything),
        ("DefinitionUri", TextOr(Of(("Bucket", Text), ("Key", Text), ("Version", Text)).Requiring("Bucket Key"))),
    ];

    public static readonly (string Type, ObjectRule Rule)[] All =
    [
        ("AWS::Serverless::Api", Of(
        [
            .. Common,
            ("EndpointConfiguration", new TextOrRule(Of(
                ("Type", PlainApiRules.EndpointType),
                ("VPCEndpointIds", Texts),
                ("VpcEndpointIds", Texts),
                ("IpAddressType", Text))) { Scalar = PlainApiRules.EndpointType }),
            ("StageName", Forms.Stage), ("MergeDefinitions", Flag), ("Policy", TextOr(Mapping)),
            ("ApiKeySourceType", PlainApiRules.KeySource),
            ("BinaryMediaTypes", Texts), ("Variables", Forms.StageVariables), ("Cors", new RestCorsRule()),
            ("Auth", Of(
                ("ApiKeyRequired", Flag),
                ("Authorizers", Map(new AuthorizerRule(RestAuthorizer, IsHttp: false))),
                ("DefaultAuthorizer", Text),
                ("UsagePlan", UsagePlan),
                ("AddDefaultAuthorizerToCorsPreflight", Flag),
                ("AddApiKeyRequiredToCorsPreflight", Flag))
                .Ignoring(Reasons.Identity, "InvokeRole").Ignoring(Reasons.ClosingPolicy, "ResourcePolicy").Guarding()),
        ])),
        ("AWS::Serverless::HttpApi", Of(
        [
            .. Common,
            ("StageName", Forms.HttpStage), ("StageVariables", Forms.StageVariables),
            ("CorsConfiguration", new FlagOrRule(HttpCors.OfSam())),
            ("Auth", Of(
                ("Authorizers", Map(new AuthorizerRule(HttpAuthorizer, IsHttp: true))),
                ("DefaultAuthorizer", Text),
                ("EnableIamAuthorizer", Flag)).Guarding()),
        ])),
    ];
}

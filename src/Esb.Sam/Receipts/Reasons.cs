using Esb.Schema.Yaml;

namespace Esb.Sam.Receipts;

/// <summary>The reasons why something is ignored, as the receipt gives them.</summary>
internal static class Reasons
{
    public const string Identity = "ESB has no identities or permissions";

    public const string ClosingPolicy = "it cannot be checked here, so what it guards is closed";
    public const string Network = "functions use the network of the machine";
    public const string Tracing = "there is no tracing service";
    public const string Managed = "concerns AWS's own operation";
    public const string NotServed = "not served by this version";
    public const string Notifications =
        "no function is called by a bucket; targets of the store itself are written by hand into resources.yml";
    public const string Logging = "the output of functions and the requests go to the platform's own log";
    public const string Names = "the platform has one address and no domains";
    public const string NoBasePath = Names + ", so the routes have no base path; SAM's Domain can give them one";
    public const string OfDomains = Names + "; the APIs of a domain that asks for client certificates are closed";
    public const string OnlyBasePaths = "its base paths count: " + Names;
    public const string NeverDeleted = "tables and buckets are never deleted or replaced here";
    public const string CustomIntegration =
        "the function is called as with aws_proxy: templates of requests and responses are not applied";
    public const string WrongIntegration =
        "its URI is that of a function, which API Gateway calls with type aws_proxy only";
    public const string Policy =
        "a policy that admits everybody is not a restriction; any other cannot be checked and closes the routes";
    public const string Checking = "requests are passed on as they are, without models or templates";

    public const string OnAws =
        "a definition on AWS cannot be read here; it may guard the requests of the routes next to it, so those "
            + "are closed";
    public const string Private = "type PRIVATE closes the routes: nobody here comes from its VPC";
    public const string KeySource =
        "keys are taken from the header x-api-key; AUTHORIZER closes the routes that need one";

    public const string Tenants = "isolation of tenants is refused: a worker serves all callers";

    // The reasons for things that AWS needs and ESB does not.
    public const string NeedsRole = "AWS runs no function without one; ESB has no identities or permissions";
    public const string NeedsDeployment = "what is written is served, without a deployment of its own";
    public const string ToTheMinute = "functions are called when they are due";
    public const string Declarations =
        "they declare what integrations map, and are not needed for that here; nothing is checked by them";

    public const string OwnTimeout = "the function's own timeout applies";
    public const string WholeAnswers = "answers are sent as a whole";
    public const string NoQueues = "events that are given up are counted and named in the log";

    /// <summary>
    /// Why a resource that AWS needs is not needed here; null when the resource has an effect on AWS that it does not
    /// have here. A role or policy may also deny something to a function, and a version may have workers of its own.
    /// </summary>
    /// <param name="type">The type of the resource.</param>
    /// <param name="properties">The properties as written.</param>
    public static string? NotNeeded(string type, YamlMapping properties) => type switch
    {
        "AWS::IAM::Role" or "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy" or "AWS::IAM::RolePolicy"
            when !Denies(properties) => NeedsRole,
        "AWS::Lambda::Version" when properties.Entries.All(
            p => p.Key.Value is "FunctionName" or "Description" or "CodeSha256") => "there is one version",
        "AWS::ApiGatewayV2::Deployment" => NeedsDeployment,
        _ => null,
    };

    private static bool Denies(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.Any(e => e.Key.Value is "PermissionsBoundary" or "Condition"
            || (e.Key.Value == "Effect" && e.Value is not YamlScalar { Value: "Allow" })
            || Denies(e.Value)),
        YamlSequence sequence => sequence.Items.Any(Denies),
        _ => false,
    };

    /// <summary>Why a resource of this type is not created.</summary>
    public static string NotCreated(string type) => type switch
    {
        _ when type.StartsWith("AWS::IAM::", StringComparison.Ordinal) || type is "AWS::Lambda::Permission"
            or "AWS::Lambda::LayerVersionPermission" or "AWS::Serverless::Connector" => Identity,
        "AWS::S3::BucketPolicy" =>
            "it refers to identities that ESB does not have; a policy of the store itself is written by hand, "
                + "as PolicyDocument of the bucket in resources.yml",
        _ when type.StartsWith("AWS::Logs::", StringComparison.Ordinal)
            || type.StartsWith("AWS::CloudWatch::", StringComparison.Ordinal) => Logging,
        _ when type.StartsWith("AWS::EC2::", StringComparison.Ordinal) => Network,
        _ when type.StartsWith("AWS::Route53::", StringComparison.Ordinal)
            || type.StartsWith("AWS::CertificateManager::", StringComparison.Ordinal)
            || type.Contains("::DomainName", StringComparison.Ordinal) => Names,
        _ => $"ESB does not create {type}",
    };
}

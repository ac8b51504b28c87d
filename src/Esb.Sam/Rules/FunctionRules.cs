using Esb.Sam.Receipts;
using Esb.Schema.Functions;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// Values of functions, their aliases, URLs and layers. Sources: AWS SAM Developer Guide, "AWS::Serverless::Function";
/// CloudFormation, "AWS::Lambda::Function", "AWS::Lambda::Url", "AWS::Lambda::EventInvokeConfig".
/// </summary>
internal static class FunctionRules
{
    private static readonly ValueRule Headers = List(Forms.Header).Between(1, 100);

    private static readonly ObjectRule UrlCors = Of(
        ("AllowCredentials", Flag), ("AllowHeaders", Headers),
        ("AllowMethods", List(Word("GET PUT HEAD POST PATCH DELETE *")).Between(1, 6)),
        ("AllowOrigins", List(Forms.Origin).Between(1, 100)), ("ExposeHeaders", Headers), ("MaxAge", Whole(0, 86_400)));

    private static readonly ValueRule Runtime = new RuntimeRule();

    private static readonly ValueRule Source = Like(@"[\s\S]+", "the source code");

    private static readonly ValueRule AuthType = Word("NONE AWS_IAM");

    private static readonly ValueRule InvokeMode = Word("BUFFERED RESPONSE_STREAM");

    private static readonly ValueRule Destination =
        Of(("Type", Word("SQS SNS Lambda EventBridge S3Bucket")), ("Destination", Text)).Requiring("Type");

    private static readonly ValueRule Environment = Of(("Variables", Map(new GivenTextRule())));

    private static readonly ValueRule ImageConfig =
        Of(("Command", Texts), ("EntryPoint", Texts), ("WorkingDirectory", Sized(0, 1000)));

    // Lambda's minimum. functions.yml allows less, for small machines.
    private const int MinMemory = 128;

    private static readonly (string, ValueRule)[] Common =
    [
        ("FunctionName", Text),
        ("Handler", Like(@"\S+", "text of at most 128 characters without blanks", 128).Needed("app.handler")),
        ("Runtime", Runtime.Needed("python3.12")),
        ("Description", Sized(0, 256)),
        ("PackageType", Text),
        ("ImageConfig", ImageConfig),
        ("Timeout", Whole(1, FunctionsFile.MaxTimeout)),
        ("MemorySize", Whole(MinMemory, FunctionsFile.MaxMemorySize)),
        ("Environment", Environment),
        ("Layers", Texts),
        ("ReservedConcurrentExecutions", Whole(0, 1000)),
        ("Architectures", List(Word("x86_64 arm64")).Between(1, 1)),
        ("EphemeralStorage", Of(("Size", Whole(512, 10_240))).Requiring("Size")),
        ("TenancyConfig", new TenancyRule()),
    ];

    public static readonly (string Type, ObjectRule Rule)[] All =
    [
        ("AWS::Serverless::Function", Of(
        [
            .. Common,
            ("CodeUri", TextOr(Of(("Bucket", Text), ("Key", Text), ("Version", Text))).Needed(".")),
            ("InlineCode", Source), ("ImageUri", Text), ("Events", Anything), ("AutoPublishAlias", Forms.Alias),
            ("ProvisionedConcurrencyConfig", Of(("ProvisionedConcurrentExecutions", Whole(1, 1000)))
                .Requiring("ProvisionedConcurrentExecutions")),
            ("FunctionUrlConfig", Of(("AuthType", AuthType), ("Cors", UrlCors.OfSam()), ("InvokeMode", InvokeMode))
                .Guarding()),
            ("EventInvokeConfig", Of(
                ("MaximumEventAgeInSeconds", Whole(60, 21_600)),
                ("MaximumRetryAttempts", Whole(0, 2)),
                ("DestinationConfig", Of(("OnFailure", Destination), ("OnSuccess", Destination))))),
            ("DeadLetterQueue", Of(("Type", Word("SNS SQS Lambda")), ("TargetArn", Text)).Requiring("Type TargetArn")),
        ])),
        ("AWS::Lambda::Function", Of([
            .. Common,
            ("Code", TextOr(Of(
                ("ImageUri", Text), ("S3Bucket", Text), ("S3Key", Text), ("S3ObjectVersion", Text), ("ZipFile", Source))
                .Ignoring(Reasons.Identity, "SourceKMSKeyArn")
                .Ignoring(Reasons.Managed, "S3ObjectStorageMode")).Needed(".")),
            ("DeadLetterConfig", Of(("TargetArn", Text))),
        ])),
        ("AWS::Lambda::Url", Of(
            ("TargetFunctionArn", Text),
            ("AuthType", AuthType),
            ("Cors", UrlCors),
            ("InvokeMode", InvokeMode),
            ("Qualifier", Forms.Alias))),
        ("AWS::Lambda::Alias", Of(
            ("FunctionName", Text), ("Name", Forms.Alias), ("FunctionVersion", Forms.VersionOfFunction))
            .Requiring("FunctionVersion")),
        ("AWS::Serverless::LayerVersion", Of(
            ("LayerName", Text),
            ("Description", Sized(0, 256)),
            ("CompatibleRuntimes", List(Runtime).Between(0, 15)),
            ("ContentUri", TextOr(Of(("Bucket", Text), ("Key", Text), ("Version", Text))).Needed(".")))),
        ("AWS::Lambda::LayerVersion", Of(
            ("LayerName", Text),
            ("Description", Sized(0, 256)),
            ("CompatibleRuntimes", List(Runtime).Between(0, 15)),
            ("Content", TextOr(Of(("S3Bucket", Text), ("S3Key", Text), ("S3ObjectVersion", Text))
                .Ignoring(Reasons.Managed, "S3ObjectStorageMode")).Needed(".")))),
        ("AWS::Serverless::Application", Of(
            ("Location", TextOr(Of(("ApplicationId", Text), ("SemanticVersion", Text)).OfSam())),
            ("Parameters", Mapping))),
        ("AWS::CloudFormation::Stack", Of(("TemplateURL", Text), ("Parameters", Mapping))),
    ];
}

using Esb.Sam.Receipts;
using Esb.Schema.Functions;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// Values of functions, their aliases, URLs and layers. Sources: AWS SAM Developer Guide, "AWS::Serverless::Function"; CloudFormation,
/// "AWS::Lambda::Function", "AWS::Lambda::Url", "AWS::Lambda::EventInvokeConfig".
/// </summary>
internal static class FunctionRules
{
    public static readonly ValueRule UrlCors = Of(
        ("AllowCredentials", Flag), ("AllowHeaders", Texts), ("AllowMethods", Texts), ("AllowOrigins", Texts), ("ExposeHeaders", Texts), ("MaxAge", Whole(0, 86_400)));

    private static readonly ValueRule AuthType = Word("NONE AWS_IAM");

    private static readonly ValueRule InvokeMode = Word("BUFFERED RESPONSE_STREAM");

    private static readonly ValueRule Destination = Of(("Type", Word("SQS SNS Lambda EventBridge S3Bucket")), ("Destination", Text));

    private static readonly ValueRule Environment = Of(("Variables", TextMap));

    private static readonly ValueRule ImageConfig = Of(("Command", Texts), ("EntryPoint", Texts), ("WorkingDirectory", Text));

    private static readonly (string, ValueRule)[] Common =
    [
        ("FunctionName", Text), ("Handler", Text.Needed("app.handler")), ("Runtime", Text.Needed("python3.12")), ("Description", Text), ("PackageType", Text), ("ImageConfig", ImageConfig),
        ("Timeout", Whole(1, FunctionsFile.MaxTimeout)), ("MemorySize", Whole(64, FunctionsFile.MaxMemorySize)), ("Environment", Environment), ("Layers", Texts),
        ("ReservedConcurrentExecutions", Whole(0, 1000)), ("Architectures", List(Word("x86_64 arm64"))), ("EphemeralStorage", Of(("Size", Whole(512, 10_240)))),
    ];

    public static readonly (string Type, ObjectRule Rule)[] All =
    [
        ("AWS::Serverless::Function", Of(
        [
            .. Common,
            ("CodeUri", TextOr(Of(("Bucket", Text), ("Key", Text), ("Version", Text))).Needed(".")), ("InlineCode", Text), ("ImageUri", Text), ("Events", Anything), ("AutoPublishAlias", Text),
            ("ProvisionedConcurrencyConfig", Of(("ProvisionedConcurrentExecutions", Whole(1, 1000)))),
            ("FunctionUrlConfig", Of(("AuthType", AuthType), ("Cors", UrlCors), ("InvokeMode", InvokeMode))),
            ("EventInvokeConfig", Of(
                ("MaximumEventAgeInSeconds", Whole(60, 21_600)), ("MaximumRetryAttempts", Whole(0, 2)), ("DestinationConfig", Of(("OnFailure", Destination), ("OnSuccess", Destination))))),
            ("DeadLetterQueue", Of(("Type", Word("SNS SQS Lambda")), ("TargetArn", Text))),
        ])),
        ("AWS::Lambda::Function", Of(
        [
            .. Common,
            ("Code", TextOr(Of(("ImageUri", Text), ("S3Bucket", Text), ("S3Key", Text), ("S3ObjectVersion", Text), ("ZipFile", Text)).Ignoring(Reasons.Identity, "SourceKMSKeyArn").Ignoring(Reasons.Managed, "S3ObjectStorageMode")).Needed(".")),
            ("DeadLetterConfig", Of(("TargetArn", Text))),
        ])),
        ("AWS::Lambda::Url", Of(("TargetFunctionArn", Text), ("AuthType", AuthType), ("Cors", UrlCors), ("InvokeMode", InvokeMode), ("Qualifier", Text))),
        ("AWS::Lambda::Alias", Of(("FunctionName", Text), ("Name", Text), ("FunctionVersion", Text))),
        ("AWS::Serverless::LayerVersion", Of(("LayerName", Text), ("Description", Text), ("CompatibleRuntimes", Texts), ("ContentUri", TextOr(Of(("Bucket", Text), ("Key", Text), ("Version", Text))).Needed(".")))),
        ("AWS::Lambda::LayerVersion", Of(("LayerName", Text), ("Description", Text), ("CompatibleRuntimes", Texts), ("Content", TextOr(Of(("S3Bucket", Text), ("S3Key", Text), ("S3ObjectVersion", Text)).Ignoring(Reasons.Managed, "S3ObjectStorageMode")).Needed(".")))),
        ("AWS::Serverless::Application", Of(("Location", TextOr(Of(("ApplicationId", Text), ("SemanticVersion", Text)))), ("Parameters", Mapping))),
        ("AWS::CloudFormation::Stack", Of(("TemplateURL", Text), ("Parameters", Mapping))),
    ];
}

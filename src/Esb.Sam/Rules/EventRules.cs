using Esb.Sam.Receipts;
using Esb.Schema.Functions;
using Esb.Schema.Routing;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// Values of the events that are served, and of separate resources for schedules. Sources: AWS SAM Developer Guide,
/// "EventSource"; CloudFormation, "AWS::Events::Rule" and "AWS::Scheduler::Schedule".
/// </summary>
internal static class EventRules
{
    private const string StageOfApi = "the stage is that of its API, as in SAM";

    private static readonly ValueRule Retry = Of(
        ("MaximumRetryAttempts", Whole(0, ScheduleEvent.MaxRetries)),
        ("MaximumEventAgeInSeconds", Whole(60, ScheduleEvent.MaxAge)));

    private static readonly ValueRule State = new WordRule(["ENABLED", "DISABLED"], IgnoreCase: true);

    private static readonly ValueRule RuleState =
        new WordRule(["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"], IgnoreCase: true);

    private static readonly ValueRule TargetId = Like("[A-Za-z0-9._-]+", "letters, digits and . _ -, at most 64", 64);

    // An event of an API with a definition of its own permits calls only, and may permit those of all methods.
    private static readonly ValueRule MethodOrAll = new WordRule([.. RouteMethods.All, "*"], IgnoreCase: true);

    private static readonly ValueRule Input = TextOr(Mapping);

    private static readonly ValueRule RestAuth = Of(
        ("ApiKeyRequired", Flag), ("AuthorizationScopes", Texts), ("Authorizer", Text), ("OverrideApiAuth", Flag))
        .Ignoring(Reasons.Identity, "InvokeRole")
        .Ignoring(Reasons.ClosingPolicy, "ResourcePolicy")
        .Guarding();

    /// <summary>The rules by kind of event. Only the kinds in this table are served.</summary>
    public static readonly IReadOnlyDictionary<string, ObjectRule> ByKind = new Dictionary<string, ObjectRule>(
        StringComparer.Ordinal)
    {
        ["Api"] = Of(("Path", Text), ("Method", MethodOrAll), ("RestApiId", Text), ("Auth", RestAuth))
            .Ignoring(Reasons.Checking, "RequestModel RequestParameters")
            .Ignoring(Reasons.OwnTimeout, "TimeoutInMillis")
            .Ignoring(StageOfApi, "Stage")
            .Ignoring(Reasons.WholeAnswers, "ResponseTransferMode")
            .Guarding(),
        ["HttpApi"] = Of(
            ("Path", Text),
            ("Method", MethodOrAll),
            ("ApiId", Text),
            ("Auth", Of(("AuthorizationScopes", Texts), ("Authorizer", Text))
                .Ignoring(Reasons.Identity, "InvokeRole")
                .Guarding()),
            ("PayloadFormatVersion", Word("1.0 2.0")))
            .Ignoring(Reasons.Managed, "RouteSettings")
            .Ignoring(Reasons.OwnTimeout, "TimeoutInMillis")
            .Ignoring(StageOfApi, "Stage")
            .Guarding(),
        ["Schedule"] = Of(
            ("Schedule", Text), ("Enabled", Flag), ("State", RuleState), ("Input", Input), ("RetryPolicy", Retry))
            .Ignoring(Reasons.Managed, "Name Description")
            .Ignoring(Reasons.Identity, "RoleArn")
            .Ignoring(Reasons.NoQueues, "DeadLetterConfig")
            .OfSam(),
        ["ScheduleV2"] = Of(
            ("ScheduleExpression", Text),
            ("ScheduleExpressionTimezone", Text),
            ("StartDate", Text),
            ("EndDate", Text),
            ("State", State),
            ("Input", Input),
            ("RetryPolicy", Retry))
            .Ignoring(Reasons.Managed, "Name Description GroupName OmitName")
            .Ignoring(Reasons.Identity, "RoleArn PermissionsBoundary KmsKeyArn")
            .Ignoring(Reasons.NoQueues, "DeadLetterConfig")
            .Ignoring(Reasons.ToTheMinute, "FlexibleTimeWindow")
            .OfSam(),
    };

    public static readonly (string Type, ObjectRule Rule)[] All =
    [
        ("AWS::Events::Rule", Of(
            ("ScheduleExpression", Text),
            ("State", RuleState),
            ("Targets", List(Of(("Arn", Text), ("Id", TargetId), ("Input", Text), ("RetryPolicy", Retry))
                .Ignoring(Reasons.Identity, "RoleArn")
                .Ignoring(Reasons.NoQueues, "DeadLetterConfig")
                .Ignoring("functions are given the input or the event itself", "InputPath InputTransformer")
                .Ignoring("only functions are called", "AppSyncParameters BatchParameters EcsParameters HttpParameters "
                    + "KinesisParameters RedshiftDataParameters RunCommandParameters SageMakerPipelineParameters "
                    + "SqsParameters")
                .Requiring("Arn Id"))))),
        ("AWS::Scheduler::Schedule", Of(
            ("ScheduleExpression", Text),
            ("ScheduleExpressionTimezone", Text),
            ("StartDate", Text),
            ("EndDate", Text),
            ("State", State),
            ("Target", Of(("Arn", Text), ("Input", Text), ("RetryPolicy", Retry))
                .Ignoring(null, "RoleArn")
                .Ignoring(Reasons.NoQueues, "DeadLetterConfig")
                .Ignoring("only functions are called", "EcsParameters EventBridgeParameters KinesisParameters "
                    + "SageMakerPipelineParameters SqsParameters")))),
    ];
}

using Esb.Sam.Rules;

namespace Esb.Sam.Functions;

/// <summary>The kinds of events in SAM. Source: AWS SAM Developer Guide, "EventSource".</summary>
internal static class EventKinds
{
    // The kinds that are served are in the table of their rules.
    private static readonly string[] NotServed =
    [
        "SQS", "SNS", "S3", "DynamoDB", "Kinesis", "EventBridgeRule", "CloudWatchEvent", "CloudWatchLogs", "Cognito",
        "IoTRule", "AlexaSkill", "MSK", "MQ", "SelfManagedKafka", "DocumentDB",
    ];

    public static readonly string[] All = [.. EventRules.ByKind.Keys, .. NotServed];
}

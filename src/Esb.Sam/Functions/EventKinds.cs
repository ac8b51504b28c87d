namespace Esb.Sam.Functions;

/// <summary>The kinds of events in SAM. Source: AWS SAM Developer Guide, "EventSource".</summary>
internal static class EventKinds
{
    public static readonly string[] All =
    [
        "Api", "HttpApi", "Schedule", "ScheduleV2", "SQS", "SNS", "S3", "DynamoDB", "Kinesis", "EventBridgeRule",
        "CloudWatchEvent", "CloudWatchLogs", "Cognito", "IoTRule", "AlexaSkill", "MSK", "MQ", "SelfManagedKafka",
        "DocumentDB",
    ];
}

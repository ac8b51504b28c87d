using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>The kinds of events that are served and what each may say. Source: AWS SAM Developer Guide, "EventSource".</summary>
internal static class EventKeys
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["Api"] = "Path Method RestApiId Auth RequestModel RequestParameters TimeoutInMillis ResponseTransferMode".Split(' '),
        ["HttpApi"] = "Path Method ApiId Auth PayloadFormatVersion RouteSettings TimeoutInMillis".Split(' '),
        ["Schedule"] = "Schedule Name Description Enabled State Input DeadLetterConfig RetryPolicy RoleArn".Split(' '),
        ["ScheduleV2"] = "ScheduleExpression ScheduleExpressionTimezone StartDate EndDate State Input GroupName FlexibleTimeWindow KmsKeyArn Name OmitName PermissionsBoundary RetryPolicy RoleArn DeadLetterConfig Description".Split(' '),
    };

    /// <summary>All kinds that SAM has, for near misses.</summary>
    public static readonly string[] Kinds =
    [
        "Api", "HttpApi", "Schedule", "ScheduleV2", "SQS", "SNS", "S3", "DynamoDB", "Kinesis", "EventBridgeRule", "CloudWatchEvent", "CloudWatchLogs", "Cognito", "IoTRule", "AlexaSkill", "MSK", "MQ", "SelfManagedKafka", "DocumentDB",
    ];

    /// <summary>Says which properties of an event nobody knows.</summary>
    public static void Check(string kind, MappingReader properties, DiagnosticBag diagnostics)
    {
        foreach (var (key, _) in properties.Mapping.Entries.Where(e => !Known[kind].Contains(e.Key.Value)))
        {
            if (NearMiss.Help(key.Value, Known[kind]) is { } help)
                diagnostics.Error(DiagnosticCodes.UnknownKey, $"{properties.Subject}: unknown property '{key.Value}'", key, help);
            else
                diagnostics.Warning(DiagnosticCodes.UnknownKey, $"{properties.Subject}: unknown property '{key.Value}'", key);
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Esb.Gateway.Schedules;

/// <summary>
/// The payload of a scheduled invocation. Source: Amazon EventBridge, "Events from AWS services", the example of a
/// scheduled event.
/// </summary>
internal static class ScheduledEvent
{
    private const string AccountId = "000000000000";

    /// <summary>
    /// The input as written, or EventBridge's event for a rule without an input. The event contains the time at which
    /// the call was due, not the time of the invocation.
    /// </summary>
    public static byte[] PayloadOf(ScheduledCall call, DateTimeOffset due, string region) =>
        call.Input is { } input ? Encoding.UTF8.GetBytes(Fill(input, call, due, region)) : Default(call, due, region);

    // Source: EventBridge Scheduler, "Adding context attributes".
    private static string Fill(string input, ScheduledCall call, DateTimeOffset due, string region) =>
        !input.Contains("<aws.scheduler.", StringComparison.Ordinal) ? input : input
            .Replace("<aws.scheduler.scheduled-time>", TimeOf(due), StringComparison.Ordinal)
            .Replace("<aws.scheduler.execution-id>", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("<aws.scheduler.attempt-number>", "1", StringComparison.Ordinal)
            .Replace(
                "<aws.scheduler.schedule-arn>",
                $"arn:aws:scheduler:{region}:{AccountId}:schedule/default/{call.Function}-{call.Ordinal}",
                StringComparison.Ordinal);

    private static string TimeOf(DateTimeOffset due) =>
        due.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static byte[] Default(ScheduledCall call, DateTimeOffset due, string region)
    {
        using var buffer = new MemoryStream(384);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version"u8, "0"u8);
            json.WriteString("id"u8, Guid.NewGuid());
            json.WriteString("detail-type"u8, "Scheduled Event"u8);
            json.WriteString("source"u8, "aws.events"u8);
            json.WriteString("account"u8, AccountId);
            json.WriteString("time"u8, TimeOf(due));
            json.WriteString("region"u8, region);
            json.WriteStartArray("resources"u8);
            json.WriteStringValue($"arn:aws:events:{region}:{AccountId}:rule/{call.Function}-{call.Ordinal}");
            json.WriteEndArray();
            json.WriteStartObject("detail"u8);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

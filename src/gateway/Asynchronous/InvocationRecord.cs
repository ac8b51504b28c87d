using System.Globalization;
using System.Text.Json;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Asynchronous;

/// <summary>
/// The record that a destination gets. Source: AWS, Lambda developer guide, "Capturing records of Lambda asynchronous
/// invocations".
/// </summary>
internal static class InvocationRecord
{
    /// <param name="e">The event.</param>
    /// <param name="condition"><c>Success</c>, <c>RetriesExhausted</c> or <c>EventAgeExceeded</c>.</param>
    /// <param name="attempts">How many times the function has received the event.</param>
    /// <param name="result">The function's last answer; null when it never received the event.</param>
    /// <param name="origin">The function, and the time of the record.</param>
    public static byte[] Write(
        AsynchronousEvent e,
        string condition,
        int attempts,
        InvocationResult? result,
        (string Arn, DateTimeOffset Now) origin)
    {
        using var buffer = new MemoryStream(512 + e.Payload.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version"u8, "1.0"u8);
            json.WriteString(
                "timestamp"u8,
                origin.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartObject("requestContext"u8);
            json.WriteString("requestId"u8, e.Id);
            json.WriteString("functionArn"u8, origin.Arn + ":$LATEST");
            json.WriteString("condition"u8, condition);
            json.WriteNumber("approximateInvokeCount"u8, attempts);
            json.WriteEndObject();
            WriteDocument(json, "requestPayload", e.Payload);
            if (result is not null)
            {
                json.WriteStartObject("responseContext"u8);
                json.WriteNumber("statusCode"u8, 200);
                json.WriteString("executedVersion"u8, "$LATEST"u8);
                if (result.Outcome != InvocationOutcome.Succeeded)
                    json.WriteString("functionError"u8, "Unhandled"u8);
                json.WriteEndObject();
                WriteDocument(json, "responsePayload", result.Payload);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    // A function's answer need not be JSON. If it is not, it is written as a string.
    private static void WriteDocument(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> text)
    {
        json.WritePropertyName(name);
        if (IsJson(text.Span))
            json.WriteRawValue(text.Span, skipInputValidation: true);
        else
            json.WriteStringValue(System.Text.Encoding.UTF8.GetString(text.Span));
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            if (!reader.Read())
                return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

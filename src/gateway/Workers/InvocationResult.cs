using System.Text;
using System.Text.Json;

namespace Esb.Gateway.Workers;

/// <summary>How an invocation ended.</summary>
internal enum InvocationOutcome
{
    /// <summary>The function returned.</summary>
    Succeeded,

    /// <summary>The function reported an error.</summary>
    Failed,

    /// <summary>The function did not answer in its time; its worker was stopped.</summary>
    TimedOut,

    /// <summary>The worker ended in the middle of it, or could not be started for it.</summary>
    WorkerLost,

    /// <summary>No worker was free in time; the function never saw the event.</summary>
    Refused,

    /// <summary>The platform itself took the worker away; the function did nothing wrong.</summary>
    PlatformLost,
}

/// <summary>The answer to an invocation.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Payload">The function's response, or Lambda's error document.</param>
internal sealed record InvocationResult(InvocationOutcome Outcome, ReadOnlyMemory<byte> Payload)
{
    public static InvocationResult Success(ReadOnlyMemory<byte> payload) => new(InvocationOutcome.Succeeded, payload);

    public static InvocationResult Error(InvocationOutcome outcome, string errorType, string message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorType", errorType);
            json.WriteString("errorMessage", message);
            json.WriteEndObject();
        }

        return new InvocationResult(outcome, buffer.ToArray());
    }

    /// <summary>The message of an error document, for logs and status; empty when there is none.</summary>
    public string ErrorMessage()
    {
        try
        {
            using var document = JsonDocument.Parse(Payload);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errorMessage", out var message)
                ? message.ToString()
                : "";
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(Payload.Span[..Math.Min(Payload.Length, 200)]);
        }
    }
}

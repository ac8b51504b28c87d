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

    /// <summary>The function did not answer in time; its worker was stopped.</summary>
    TimedOut,

    /// <summary>The worker ended during the invocation, or could not be started.</summary>
    WorkerLost,

    /// <summary>No worker was free in time; the function never got the event.</summary>
    Refused,

    /// <summary>The platform stopped the worker; it is not the function's error.</summary>
    PlatformLost,
}

/// <summary>The result of an invocation.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Payload">The function's response, or Lambda's error document.</param>
internal sealed record InvocationResult(InvocationOutcome Outcome, ReadOnlyMemory<byte> Payload)
{
    /// <summary>
    /// The maximum length of a function's error type or message in logs and other outputs; a function may write 6 MB.
    /// </summary>
    public const int ShortText = 1024;

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

    /// <summary>The type in an error document; <c>Unhandled</c> without one.</summary>
    public string ErrorType() => Text("errorType") is { Length: > 0 } type ? type : "Unhandled";

    /// <summary>The type, truncated to <see cref="ShortText"/>.</summary>
    public string ShortErrorType() => Shortened(ErrorType(), ShortText);

    /// <summary>The message, truncated to this length.</summary>
    public string ErrorMessage(int longest) => Shortened(ErrorMessage(), longest);

    /// <summary>The message in an error document, for the caller; empty without one.</summary>
    public string ErrorMessage() =>
        Text("errorMessage") ?? Encoding.UTF8.GetString(Payload.Span[..Math.Min(Payload.Length, 200)]);

    private static string Shortened(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        // Never half of a surrogate pair.
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    // Null when it is not JSON. Half of a surrogate pair stays an escape, since no text can hold it.
    private string? Text(string name)
    {
        try
        {
            using var document = JsonDocument.Parse(Payload);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var text)
                ? TextOf(text)
                : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText()[1..^1];
        }
    }
}

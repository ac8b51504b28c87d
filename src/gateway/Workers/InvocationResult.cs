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

    /// <summary>The platform stopped the worker; this is not an error of the function.</summary>
    PlatformLost,
}

/// <summary>The result of an invocation.</summary>
/// <param name="Outcome">How the invocation ended.</param>
/// <param name="Payload">The function's response, or Lambda's error document.</param>
internal sealed record InvocationResult(InvocationOutcome Outcome, ReadOnlyMemory<byte> Payload)
{
    /// <summary>
    /// The maximum length of a function's error type or message in logs and other output, since a function may write 6
    /// MB.
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

    /// <summary>The type in an error document; <c>Unhandled</c> when the document has no type.</summary>
    public string ErrorType() => Text("errorType") is { Length: > 0 } type ? type : "Unhandled";

    /// <summary>The type, truncated to <see cref="ShortText"/>.</summary>
    public string ShortErrorType() => Shortened(ErrorType(), ShortText);

    /// <summary>The message, truncated to the given length.</summary>
    public string ErrorMessage(int longest) => Shortened(ErrorMessage(), longest);

    /// <summary>
    /// The message in an error document, for the caller; empty when the document has none. If the payload is not JSON,
    /// the message is its first 200 bytes.
    /// </summary>
    public string ErrorMessage() =>
        Text("errorMessage") ?? Encoding.UTF8.GetString(Payload.Span[..Math.Min(Payload.Length, 200)]);

    private static string Shortened(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        // The text must not end with half of a surrogate pair.
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    // Null when the payload is not JSON. An escaped half of a surrogate pair remains an escape, since no text can
    // contain it.
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

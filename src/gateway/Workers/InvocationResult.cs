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
    /// <summary>
    /// Characters of a type or a message of a function that the platform keeps, prints or sends elsewhere; a function may
    /// write 6 MB.
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

    /// <summary>The type of an error document; <c>Unhandled</c> when it does not say.</summary>
    public string ErrorType() => Text("errorType") is { Length: > 0 } type ? type : "Unhandled";

    /// <summary>The type, but no more of it than <see cref="ShortText"/>.</summary>
    public string ShortErrorType() => Shortened(ErrorType(), ShortText);

    /// <summary>The message, but no more of it than so many characters.</summary>
    public string ErrorMessage(int longest) => Shortened(ErrorMessage(), longest);

    /// <summary>The message of an error document, for who called; empty when there is none.</summary>
    public string ErrorMessage() => Text("errorMessage") ?? Encoding.UTF8.GetString(Payload.Span[..Math.Min(Payload.Length, 200)]);

    private static string Shortened(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        // No half of a character.
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end] + "…";
    }

    // Null when it is no JSON.
    private string? Text(string name)
    {
        try
        {
            using var document = JsonDocument.Parse(Payload);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var text)
                ? text.ToString()
                : "";
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

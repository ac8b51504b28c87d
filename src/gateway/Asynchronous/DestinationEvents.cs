using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;

namespace Esb.Gateway.Asynchronous;

/// <summary>
/// The events that follow from the end of an event: for its destination and its dead-letter function.
/// </summary>
internal static class DestinationEvents
{
    /// <summary>
    /// Lambda stops a chain of functions that invoke each other after about this many hops. Source: AWS, "Use Lambda
    /// recursive loop detection".
    /// </summary>
    public const int MaxHops = 16;

    /// <summary>
    /// Creates these events. Their ids are derived from the id of the event that ended: if the gateway is killed and
    /// reports the same end twice, both reports result in the same events.
    /// </summary>
    public static IEnumerable<AsynchronousEvent> Of(
        AsynchronousEvent e,
        Verdict verdict,
        int attempts,
        InvocationResult? result,
        AsynchronousSettings settings,
        (string Arn, DateTimeOffset Now) origin)
    {
        if (e.Hops >= MaxHops)
            yield break;
        var (target, condition) =
            verdict == Verdict.Succeeded ? (settings.OnSuccess, "Success") : (settings.OnFailure, verdict.ToString());
        if (target is not null)
            yield return DestinationEvent(
                e, target, InvocationRecord.Write(e, condition, attempts, result, origin), origin.Now);
        if (verdict != Verdict.Succeeded && settings.DeadLetter is { } letter)
        {
            var followed = DestinationEvent(e, letter, e.Payload, origin.Now);
            yield return followed with { ClientContext = Attributes(e, result) };
        }
    }

    private static AsynchronousEvent DestinationEvent(
        AsynchronousEvent e,
        string target,
        ReadOnlyMemory<byte> payload,
        DateTimeOffset now) =>
        new(IdOf($"{e.Id} {target} {payload.Length}"), target, payload, now) { Hops = e.Hops + 1, TraceId = e.TraceId };

    // Source: AWS, "Adding a dead-letter queue": the attributes RequestID, ErrorCode and ErrorMessage (the first
    // kilobyte of the message).
    private static string Attributes(AsynchronousEvent e, InvocationResult? result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("custom"u8);
            json.WriteString("RequestID"u8, e.Id);
            json.WriteString("ErrorCode"u8, "200"u8);
            var message = result?.ErrorMessage() ?? "";
            json.WriteString("ErrorMessage"u8, message.Length > 1024 ? message[..1024] : message);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string IdOf(string text) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
}

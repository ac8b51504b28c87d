using Esb.EndToEnd.Tests.Tracing.Otlp;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Esb.EndToEnd.Tests.Tracing;

/// <summary>
/// A span as the collector received it; <see cref="Kind"/> is server or client, ids are hexadecimal, and no parent is
/// the empty text.
/// </summary>
internal sealed record SpanSeen(
    string Service,
    string Trace,
    string Id,
    string Parent,
    string Name,
    string Kind,
    bool IsError,
    TimeSpan Duration,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The value of an attribute; empty if the span does not have it.</summary>
    public string this[string attribute] => Attributes.GetValueOrDefault(attribute, "");

    public static SpanSeen Of(Resource resource, Span span) => new(
        Texts(resource.Attributes)["service.name"],
        Hex(span.TraceId),
        Hex(span.SpanId),
        Hex(span.ParentSpanId),
        span.Name,
        span.Kind switch { 2 => "server", 3 => "client", var other => $"{other}" },
        span.Status?.Code == 2,
        TimeSpan.FromMicroseconds((span.EndTimeUnixNano - span.StartTimeUnixNano) / 1000.0),
        Texts(span.Attributes));

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static Dictionary<string, string> Texts(RepeatedField<KeyValue> attributes) => attributes.ToDictionary(
        a => a.Key,
        a => a.Value.ValueCase switch
        {
            Value.ValueOneofCase.BoolValue =>
            a.Value.BoolValue ? "true" : "false",
            Value.ValueOneofCase.IntValue =>
                $"{a.Value.IntValue}",
            _ => a.Value.StringValue
        });
}

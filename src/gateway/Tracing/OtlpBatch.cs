using System.Diagnostics;
using Google.Protobuf;

namespace Esb.Gateway.Tracing;

/// <summary>
/// Writes spans in OTLP's binary format: an ExportTraceServiceRequest of opentelemetry-proto, with its field numbers.
/// It does not use generated classes, which would add the descriptors of every message to the binary.
/// </summary>
internal static class OtlpBatch
{
    private const int ErrorStatus = 2;

    public static byte[] Write(
        IReadOnlyDictionary<string, string> resource,
        IReadOnlyCollection<Activity> spans) => Message(request =>
        Nest(request, 1, resourceSpans =>
        {
            Nest(
                resourceSpans,
                1,
                r => WriteAttributes(r, 1, resource.Select(a => KeyValuePair.Create(a.Key, (object?)a.Value))));
            Nest(resourceSpans, 2, scopeSpans =>
            {
                Nest(scopeSpans, 1, scope => WriteText(scope, 1, Spans.Name));
                foreach (var span in spans)
                    Nest(scopeSpans, 2, s => WriteSpan(s, span));
            });
        }));

    private static void WriteSpan(CodedOutputStream output, Activity span)
    {
        WriteBytes(output, 1, Convert.FromHexString(span.TraceId.ToHexString()));
        WriteBytes(output, 2, Convert.FromHexString(span.SpanId.ToHexString()));
        if (span.TraceStateString is { } state)
            WriteText(output, 3, state);
        if (span.ParentSpanId != default)
            WriteBytes(output, 4, Convert.FromHexString(span.ParentSpanId.ToHexString()));
        WriteText(output, 5, span.DisplayName);
        output.WriteTag(6, WireFormat.WireType.Varint);
        // The value is one higher than .NET's, since 0 means unspecified in OTLP.
        output.WriteEnum((int)span.Kind + 1);
        WriteTime(output, 7, span.StartTimeUtc);
        WriteTime(output, 8, span.StartTimeUtc + span.Duration);
        WriteAttributes(output, 9, span.TagObjects);
        if (span.Status == ActivityStatusCode.Error)
            Nest(output, 15, status => WriteStatus(status, span.StatusDescription));
    }

    private static void WriteStatus(CodedOutputStream output, string? description)
    {
        if (description is { Length: > 0 })
            WriteText(output, 2, description);
        output.WriteTag(3, WireFormat.WireType.Varint);
        output.WriteEnum(ErrorStatus);
    }

    private static void WriteAttributes(
        CodedOutputStream output,
        int field,
        IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        foreach (var (key, value) in attributes)
        {
            if (value is null)
                continue;
            Nest(output, field, attribute =>
            {
                WriteText(attribute, 1, key);
                Nest(attribute, 2, any => WriteValue(any, value));
            });
        }
    }

    private static void WriteValue(CodedOutputStream output, object value)
    {
        switch (value)
        {
            case bool yes:
                output.WriteTag(2, WireFormat.WireType.Varint);
                output.WriteBool(yes);
                break;
            case int number:
                output.WriteTag(3, WireFormat.WireType.Varint);
                output.WriteInt64(number);
                break;
            default:
                WriteText(output, 1, value.ToString() ?? "");
                break;
        }
    }

    private static void WriteTime(CodedOutputStream output, int field, DateTime time)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteFixed64((ulong)(time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
    }

    private static void WriteText(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void WriteBytes(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    private static void Nest(CodedOutputStream output, int field, Action<CodedOutputStream> write) =>
        WriteBytes(output, field, Message(write));

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
            write(output);
        return buffer.ToArray();
    }
}

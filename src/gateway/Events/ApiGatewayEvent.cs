using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Esb.Gateway.Routing;

namespace Esb.Gateway.Events;

/// <summary>The event for a request in the payload format of its route. The writer is used again; the bytes are the only large allocation.</summary>
internal static class ApiGatewayEvent
{
    // A buffer that one large body has made large is not kept for the small ones that follow.
    private const int MaxKept = 256 * 1024;

    // Functions get the characters themselves, as from AWS; nothing here is ever put into HTML. Names and order are ours, no need to check.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Scratch? scratch;

    public static byte[] Write(in IncomingRequest incoming)
    {
        var mine = scratch ??= new Scratch();
        mine.Buffer.ResetWrittenCount();
        mine.Json.Reset(mine.Buffer);
        if (incoming.Route.Kind == ApiKind.Rest)
            ApiGatewayRestEvent.Write(mine.Json, incoming);
        else
            ApiGatewayHttpEvent.Write(mine.Json, incoming);
        mine.Json.Flush();
        var bytes = mine.Buffer.WrittenSpan.ToArray();
        if (mine.Buffer.Capacity > MaxKept)
            scratch = null;
        return bytes;
    }

    private sealed class Scratch
    {
        public Scratch() => Json = new Utf8JsonWriter(Buffer, Options);

        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Json { get; }
    }
}

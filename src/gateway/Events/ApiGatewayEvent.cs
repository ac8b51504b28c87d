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

    /// <param name="incoming">The request, with its body.</param>
    /// <param name="limit">Bytes that the event may have.</param>
    /// <returns>Null: it would have more.</returns>
    public static byte[]? Write(in IncomingRequest incoming, int limit = int.MaxValue)
    {
        var api = incoming.Route.Kind == ApiKind.Rest ? ApiKind.Rest : ApiKind.Http;
        var base64 = BodyEncoding.IsBase64(api, incoming.Context.Request.ContentType, incoming.Body.Span, incoming.Route.Api.BinaryMediaTypes);
        // Before anything is written: escaped, a body may become six times as long.
        if (!BodyEncoding.Fits(incoming.Body.Span, base64, Options.Encoder!, limit))
            return null;
        var mine = scratch ??= new Scratch();
        mine.Buffer.ResetWrittenCount();
        mine.Json.Reset(mine.Buffer);
        if (api == ApiKind.Rest)
            ApiGatewayRestEvent.Write(mine.Json, incoming, base64);
        else
            ApiGatewayHttpEvent.Write(mine.Json, incoming, base64);
        mine.Json.Flush();
        var bytes = mine.Buffer.WrittenCount <= limit ? mine.Buffer.WrittenSpan.ToArray() : null;
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

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Esb.Gateway.Routing;

namespace Esb.Gateway.Events;

/// <summary>
/// Writes the event for a request, in the payload format of its route. The writer is reused; the resulting bytes are
/// the only large allocation.
/// </summary>
internal static class ApiGatewayEvent
{
    // A buffer that has grown for a large body is not kept.
    private const int MaxKept = 256 * 1024;

    // Functions get unescaped characters, as from AWS; the event is never part of HTML. Names and structure come from
    // this code, so validation is unnecessary.
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Scratch? scratch;

    /// <param name="incoming">The request, with its body.</param>
    /// <param name="limit">The maximum size of the event in bytes.</param>
    /// <returns>Null when the event would be larger.</returns>
    public static byte[]? Write(in IncomingRequest incoming, int limit = int.MaxValue)
    {
        var api = incoming.Route.Kind == ApiKind.Rest ? ApiKind.Rest : ApiKind.Http;
        var base64 = BodyEncoding.IsBase64(
            api, incoming.Context.Request.ContentType, incoming.Body.Span, incoming.Route.Api.BinaryMediaTypes);
        // Checked before writing: escaping can make a body six times as long.
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

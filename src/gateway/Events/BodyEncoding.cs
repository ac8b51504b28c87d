using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Esb.Gateway.Routing;

namespace Esb.Gateway.Events;

/// <summary>
/// Decides whether a request's body goes into the event as text or as base64. Either way the function gets exactly the
/// bytes that were sent.
/// </summary>
internal static class BodyEncoding
{
    // The length of the longest escape of one byte, such as \u0001.
    private const int MaxEscape = 6;
    private const int EscapedAtOnce = 8 * 1024;

    /// <summary>Whether the body must be written as base64.</summary>
    /// <param name="kind">REST APIs have a list of types; the others have a fixed rule.</param>
    /// <param name="contentType">The content type header.</param>
    /// <param name="body">The complete body.</param>
    /// <param name="binaryTypes">The REST API's list; null when it has none.</param>
    public static bool IsBase64(
        ApiKind kind,
        string? contentType,
        ReadOnlySpan<byte> body,
        IReadOnlyList<string>? binaryTypes = null)
    {
        if (body.IsEmpty)
            return false;
        var type = MediaTypes.WithoutParameters(contentType);
        // AWS replaces bytes that are not UTF-8 and so loses them; base64 keeps them and is marked as such.
        var binary = kind != ApiKind.Rest ? !IsTextForHttpApi(type)
            : binaryTypes is null ? IsBinaryForRestApi(type)
            : MediaTypes.Match(binaryTypes, type);
        return binary || !Utf8.IsValid(body);
    }

    /// <summary>Whether a body has at most this many bytes in an event. Allocates nothing large.</summary>
    public static bool Fits(ReadOnlySpan<byte> body, bool base64, JavaScriptEncoder encoder, int limit)
    {
        if (base64)
            return Base64.GetMaxEncodedToUtf8Length(body.Length) <= limit;
        if ((long)body.Length * MaxEscape <= limit)
            return true;
        Span<byte> escaped = stackalloc byte[EscapedAtOnce];
        var written = 0L;
        while (!body.IsEmpty && written <= limit)
        {
            _ = encoder.EncodeUtf8(body, escaped, out var consumed, out var bytes);
            written += bytes;
            body = body[consumed..];
        }

        return written <= limit;
    }

    /// <summary>
    /// Writes <c>body</c> and <c>isBase64Encoded</c>. An empty body is null in a REST event and omitted in an HTTP
    /// event.
    /// </summary>
    public static void Write(Utf8JsonWriter json, ApiKind kind, ReadOnlySpan<byte> body, bool base64)
    {
        if (body.IsEmpty && kind == ApiKind.Rest)
            json.WriteNull("body"u8);
        else if (base64)
            json.WriteBase64String("body"u8, body);
        else if (!body.IsEmpty)
            json.WriteString("body"u8, body);
        json.WriteBoolean("isBase64Encoded"u8, base64);
    }

    // AWS publishes no list. Measured against the service (ministackorg/ministack pull request 766): only these types
    // are text. Even application/x-www-form-urlencoded and a body without a type are not.
    private static bool IsTextForHttpApi(ReadOnlySpan<char> type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/xml", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/javascript", StringComparison.OrdinalIgnoreCase);

    // A REST API treats the types in binaryMediaTypes as binary. Without that list, types that are never text are
    // binary.
    private static bool IsBinaryForRestApi(ReadOnlySpan<char> type)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["image/", "audio/", "video/", "font/"])
        {
            if (type.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return !type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
        }

        foreach (var binary in (ReadOnlySpan<string>)[
            "octet-stream", "zip", "gzip", "x-gzip", "x-tar", "pdf", "wasm", "protobuf", "x-protobuf", "msgpack",
            "cbor",
        ])
        {
            if (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && type["application/".Length..].Equals(binary, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}

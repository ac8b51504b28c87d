using System.Buffers;
using System.IO.Compression;
using Esb.Stores.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Stores.Protocols;

/// <summary>Reads the body of a request, which may be compressed.</summary>
internal static class JsonBody
{
    /// <summary>
    /// The maximum size of a body in bytes, before and after decompression: the size that a batch may have.
    /// </summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int Piece = 16 * 1024;

    /// <summary>Whether a request says that its body is JSON.</summary>
    public static bool IsJson(HttpRequest request) =>
        JsonAnswer.RequestType(request) is "application/json" or "application/x-amz-json-1.0";

    /// <exception cref="RequestException">The body is too large, or does not match its Content-Encoding.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        var request = http.Request;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostBytes;
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return await ReadAsync(request.Body, request.ContentLength, cancellation);
        if (!encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestException(
                "SerializationException", $"The Content-Encoding '{encoding}' is not supported: gzip is.");
        }

        try
        {
            await using var plain = new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true);
            return await ReadAsync(plain, null, cancellation);
        }
        catch (InvalidDataException)
        {
            throw new RequestException("SerializationException", "The body is not compressed by gzip.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream body, long? length, CancellationToken cancellation)
    {
        if (length > MostBytes)
            throw TooLarge();
        var buffer = new ArrayBufferWriter<byte>((int)Math.Max(length ?? Piece, 1));
        while (true)
        {
            var read = await body.ReadAsync(buffer.GetMemory(length is null ? Piece : 1), cancellation);
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > MostBytes)
                throw TooLarge();
            if (buffer.WrittenCount == length)
                return buffer.WrittenMemory;
        }
    }

    private static RequestException TooLarge() => new(
        "RequestEntityTooLargeException",
        $"The request is larger than {MostBytes} bytes.",
        StatusCodes.Status413PayloadTooLarge);
}

using System.Globalization;
using System.Security.Cryptography;
using Esb.Objects.Checksums;
using Esb.Objects.Chunked;
using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;

namespace Esb.Objects;

/// <summary>
/// The content of a request with all checksums and lengths that the request announces for it. Opening it validates
/// their format before a byte is read; copying it verifies the content against them.
/// </summary>
internal sealed class RequestBody
{
    /// <summary>The maximum size of an object or part in one request, as on AWS.</summary>
    public const long LargestUpload = 5L * 1024 * 1024 * 1024;

    private readonly S3Request _request;
    private readonly PayloadDeclaration _declaration;
    private readonly ExpectedChecksum? _expected;
    private readonly ChecksumAlgorithm? _algorithm;
    private readonly byte[]? _md5;

    private RequestBody(S3Request request, ChecksumAlgorithm? algorithm)
    {
        _request = request;
        _declaration = PayloadDeclaration.Of(request);
        _expected = ExpectedChecksum.From(request.Headers);
        _algorithm = _expected?.Algorithm ?? algorithm;
        _md5 = ContentMd5(request.Header("Content-MD5"));
        Length = DeclaredLength(request, _declaration);
    }

    /// <summary>The length of the content, without aws-chunked framing.</summary>
    public long Length { get; }

    /// <param name="request">The request to read from.</param>
    /// <param name="limit">The maximum number of bytes to read.</param>
    /// <param name="algorithm">A checksum to compute even when the request announces none.</param>
    public static RequestBody Open(S3Request request, long limit = LargestUpload, ChecksumAlgorithm? algorithm = null)
    {
        var body = new RequestBody(request, algorithm);
        return body.Length <= limit ? body : throw BodyErrors.EntityTooLarge(body.Length, limit);
    }

    /// <summary>Reads a small document, which is verified like any other content.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadDocumentAsync(
        S3Request request,
        int limit,
        CancellationToken cancellation)
    {
        using var document = new DocumentBuffer(DocumentRoom.Signed);
        await Open(request, limit).CopyToAsync(document, cancellation);
        return document.GetBuffer().AsMemory(0, (int)document.Length);
    }

    public async Task<ReceivedContent> CopyToAsync(Stream destination, CancellationToken cancellation)
    {
        using var digests = new ContentDigests(_algorithm, withSha256: _declaration.Sha256 is not null);
        var trailers = await CopyAsync(destination, digests, cancellation);
        var content = digests.Finish();
        if (content.Size != Length)
            throw BodyErrors.IncompleteBody(Length, content.Size);
        if (_declaration.Sha256 is not null && _declaration.Sha256 != content.Sha256)
            throw BodyErrors.ContentHashMismatch();
        if (_md5 is not null && !_md5.AsSpan().SequenceEqual(content.Md5))
            throw BodyErrors.BadDigest("Content-MD5");
        _expected?.Verify(content.Checksum!, trailers);
        return content;
    }

    private async Task<IReadOnlyDictionary<string, string>> CopyAsync(
        Stream destination,
        ContentDigests digests,
        CancellationToken cancellation)
    {
        if (!_declaration.IsChunked)
        {
            await ContentCopy.RunAsync(
                new PlainPayload(_request.Http.Request.Body), destination, digests, Length, cancellation);
            return new Dictionary<string, string>();
        }

        var signatures = _declaration.IsSigned ? _request.Authentication.Chunks : null;
        using var payload = new ChunkedPayload(
            new BodyLines(_request.Http.Request.BodyReader), signatures, _declaration.HasTrailer, Length);
        await ContentCopy.RunAsync(payload, destination, digests, Length, cancellation);
        return payload.Trailers;
    }

    private static long DeclaredLength(S3Request request, PayloadDeclaration declaration)
    {
        if (!declaration.IsChunked)
            return request.Http.Request.ContentLength ?? throw BodyErrors.MissingContentLength();
        var text = request.Header("x-amz-decoded-content-length") ?? throw BodyErrors.MissingContentLength();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw S3Errors.InvalidArgument(
                "x-amz-decoded-content-length", text, "It must be a whole number of bytes.");
    }

    private static byte[]? ContentMd5(string? header)
    {
        if (header is null)
            return null;
        var md5 = new byte[MD5.HashSizeInBytes + 2];
        return Convert.TryFromBase64String(header, md5, out var length) && length == MD5.HashSizeInBytes
            ? md5[..length]
            : throw BodyErrors.InvalidDigest("Content-MD5");
    }
}

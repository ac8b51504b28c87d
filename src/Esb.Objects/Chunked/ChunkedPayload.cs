using System.Security.Cryptography;
using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Esb.Objects.Signing;

namespace Esb.Objects.Chunked;

/// <summary>
/// The content of an aws-chunked body. The signature of a chunk is verified after its last byte; until the whole body
/// has been verified, the content is in a temporary file that no request can see.
/// </summary>
/// <param name="body">The body as received over HTTP.</param>
/// <param name="signatures">Null for unsigned chunks.</param>
/// <param name="withTrailer">Whether headers follow the last chunk.</param>
/// <param name="length">
/// The announced length of the content; a chunk that exceeds it is refused before it is read.
/// </param>
internal sealed class ChunkedPayload(BodyLines body, ChunkSignatures? signatures, bool withTrailer, long length)
    : IPayload, IDisposable
{
    private readonly IncrementalHash? _chunkHash =
        signatures is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ChunkHeader _chunk;
    private long _left;
    private long _announced = length;
    private bool _started;
    private bool _ended;

    public IReadOnlyDictionary<string, string> Trailers { get; private set; } = new Dictionary<string, string>();

    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        if (_left == 0 && !_ended)
            await NextChunkAsync(cancellation);
        if (_ended)
            return 0;
        var count = await body.ReadAsync(
            _left < destination.Length ? destination[..(int)_left] : destination, cancellation);
        _chunkHash?.AppendData(destination.Span[..count]);
        _left -= count;
        return count;
    }

    public void Dispose() => _chunkHash?.Dispose();

    private async ValueTask NextChunkAsync(CancellationToken cancellation)
    {
        if (_started)
        {
            if (await body.ReadLineAsync(cancellation) != "")
                throw BodyErrors.BrokenChunk("a chunk is longer than its size");
            VerifyChunk();
        }

        _started = true;
        _chunk = ChunkHeader.Parse(await body.ReadLineAsync(cancellation));
        if (_chunk.Size > _announced)
            throw BodyErrors.BrokenChunk("its chunks have more bytes than x-amz-decoded-content-length");
        _announced -= _chunk.Size;
        _left = _chunk.Size;
        if (_left > 0)
            return;
        VerifyChunk();
        Trailers = await TrailerReader.ReadAsync(body, withTrailer ? signatures : null, withTrailer, cancellation);
        _ended = true;
    }

    private void VerifyChunk()
    {
        if (signatures is null)
            return;
        signatures.VerifyChunk(
            _chunkHash!.GetHashAndReset(), _chunk.Signature ?? throw AccessErrors.SignatureDoesNotMatch());
    }
}

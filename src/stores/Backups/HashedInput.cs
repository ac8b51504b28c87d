using System.Security.Cryptography;
using Esb.Host.Streams;

namespace Esb.Stores.Backups;

/// <summary>
/// Reads bytes, and computes the SHA-256 of all but the last 512: when a reader of tar has read the header of an entry,
/// which is one block, that is the hash of everything before the entry.
/// </summary>
internal sealed class HashedInput(Stream source) : UnseekableStream
{
    private const int Block = 512;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _last = new byte[2 * Block];
    private int _held;

    public override bool CanRead => true;

    /// <summary>The last block that was read.</summary>
    public ReadOnlySpan<byte> LastBlock => _last.AsSpan(0, _held);

    /// <summary>The SHA-256 of what was read before the last block, in hexadecimal.</summary>
    public string DigestBeforeLastBlock() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        Add(buffer[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await source.ReadAsync(buffer, cancellationToken);
        Add(buffer.Span[..count]);
        return count;
    }

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Add(ReadOnlySpan<byte> read)
    {
        if (read.Length >= Block)
        {
            _hash.AppendData(_last.AsSpan(0, _held));
            _hash.AppendData(read[..^Block]);
            read[^Block..].CopyTo(_last);
            _held = Block;
            return;
        }

        read.CopyTo(_last.AsSpan(_held));
        _held += read.Length;
        var done = Math.Max(_held - Block, 0);
        _hash.AppendData(_last.AsSpan(0, done));
        _last.AsSpan(done, _held - done).CopyTo(_last);
        _held -= done;
    }
}

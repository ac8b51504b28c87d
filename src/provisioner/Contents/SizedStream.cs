using System.Security.Cryptography;

namespace Esb.Provisioner.Contents;

/// <summary>
/// A stream of known length that cannot seek. A tar writer needs the length first, and would otherwise read the whole
/// stream into memory to determine it.
/// </summary>
/// <param name="inner">The stream that is read, from start to end.</param>
/// <param name="length">The length in bytes.</param>
/// <param name="digest">Receives the bytes that are read.</param>
internal sealed class SizedStream(Stream inner, long length, IncrementalHash digest) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set
        {
            if (value != _read)
                throw new NotSupportedException();
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        digest.AppendData(buffer, offset, read);
        _read += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        digest.AppendData(buffer.Span[..read]);
        _read += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // The SDK rewinds the stream before its first read, so a seek to the current position is accepted.
    public override long Seek(long offset, SeekOrigin origin) =>
        origin == SeekOrigin.Begin && offset == _read ? _read : throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}

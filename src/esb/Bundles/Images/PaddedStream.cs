using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Bundles.Images;

/// <summary>The content of one entry of a tar file. Closing it pads the last block and leaves the file open.</summary>
internal sealed class PaddedStream(Stream tar, long size) : Stream
{
    private bool _closed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => size;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => tar.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => tar.Write(buffer);

    public override void Flush() => tar.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            tar.Write(new byte[TarBlocks.Padding(size)]);
        }

        base.Dispose(disposing);
    }
}

using Esb.Cli.Staging.Contents;
using Esb.Host.Streams;

namespace Esb.Cli.Bundles.Images;

/// <summary>The content of one entry of a tar file. Closing it pads the last block and leaves the file open.</summary>
internal sealed class PaddedStream(Stream tar, long size) : UnseekableStream
{
    private bool _closed;

    public override bool CanWrite => true;

    public override long Length => size;

    public override void Write(byte[] buffer, int offset, int count) => tar.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => tar.Write(buffer);

    public override void Flush() => tar.Flush();

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

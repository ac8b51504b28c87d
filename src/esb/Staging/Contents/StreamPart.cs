namespace Esb.Cli.Staging.Contents;

/// <summary>The part of a stream from a position to the end. Closing it closes the whole stream.</summary>
internal sealed class StreamPart(Stream whole, long start) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => whole.Length - start;

    public override long Position
    {
        get => whole.Position - start;
        set => whole.Position = start + value;
    }

    public override int Read(byte[] buffer, int offset, int count) => whole.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => whole.Read(buffer);

    public override long Seek(long offset, SeekOrigin origin) =>
        (origin == SeekOrigin.Begin
            ? whole.Seek(start + offset, SeekOrigin.Begin)
            : whole.Seek(offset, origin)) - start;

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            whole.Dispose();
        base.Dispose(disposing);
    }
}

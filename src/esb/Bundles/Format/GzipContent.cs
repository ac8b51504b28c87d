using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Esb.Cli.Bundles.Format;

/// <summary>
/// What one gzip member holds, and whether it is all of its file. .NET's own reader takes further members for more content and passes over whatever else follows, which a
/// bundle must not have. Source: RFC 1952.
/// </summary>
internal sealed class GzipContent : Stream
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    private readonly Stream _file;
    private readonly DeflateStream _content;
    private readonly Crc32 _sum = new();
    private uint _length;

    /// <param name="file">At its beginning; left open.</param>
    /// <exception cref="InvalidDataException">It is not what gzip writes.</exception>
    /// <exception cref="EndOfStreamException">It ends within the header.</exception>
    public GzipContent(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        file.ReadExactly(header);
        if (!header.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8, 0])) // Deflate, and no further fields.
            throw new InvalidDataException("no gzip header");
        _file = file;
        _content = new DeflateStream(new Carefully(file), CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>To be asked when all was read: whether the file ends with the member.</summary>
    /// <exception cref="EndOfStreamException">It ends before.</exception>
    /// <exception cref="InvalidDataException">The sum at the end is of another content.</exception>
    public bool EndsWithItsFile()
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        _file.ReadExactly(trailer);
        if (_file.Position < _file.Length)
            return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _sum.GetCurrentHashAsUInt32() || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != _length)
            throw new InvalidDataException("the sum at its end is wrong");
        return true;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = _content.Read(buffer);
        _sum.Append(buffer[..read]);
        _length += (uint)read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    // Who inflates takes in more than it needs. Near the end of the file it gets one byte at a time, so that the file then stands where the content ends.
    private sealed class Carefully(Stream file) : Stream
    {
        private const int Near = 4096;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var far = file.Length - Near - file.Position;
            return file.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(far, 1))]);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

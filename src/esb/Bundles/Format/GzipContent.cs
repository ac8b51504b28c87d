using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Esb.Host.Streams;

namespace Esb.Cli.Bundles.Format;

/// <summary>
/// The content of a file that must be a single gzip member. .NET's reader accepts further members and ignores trailing
/// data, which a bundle must not have. Source: RFC 1952.
/// </summary>
internal sealed class GzipContent : UnseekableStream
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    private readonly Stream _file;
    private readonly DeflateStream _content;
    private readonly Crc32 _sum = new();
    private uint _length;

    /// <param name="file">The file, at its beginning; left open.</param>
    /// <exception cref="InvalidDataException">The file is not a gzip file.</exception>
    /// <exception cref="EndOfStreamException">The file ends within the header.</exception>
    public GzipContent(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        file.ReadExactly(header);
        if (!header.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8, 0])) // Deflate, and no further fields.
            throw new InvalidDataException("no gzip header");
        _file = file;
        _content = new DeflateStream(new ExactPositionStream(file), CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    /// <summary>Whether the file ends with the member. To be called after all content has been read.</summary>
    /// <exception cref="EndOfStreamException">The file is cut short.</exception>
    /// <exception cref="InvalidDataException">The checksum at the end does not match the content.</exception>
    public bool IsWholeFile()
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        _file.ReadExactly(trailer);
        if (_file.Position < _file.Length)
            return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _sum.GetCurrentHashAsUInt32()
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != _length)
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    // DeflateStream reads ahead. Near the end of the file it gets one byte at a time, so that the position of the file
    // is where the content ends.
    private sealed class ExactPositionStream(Stream file) : UnseekableStream
    {
        private const int TailLength = 4096;

        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var far = file.Length - TailLength - file.Position;
            return file.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(far, 1))]);
        }

        public override void Flush()
        {
        }
    }
}

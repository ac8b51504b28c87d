using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Esb.Objects.Errors;

namespace Esb.Objects.Chunked;

/// <summary>Reads lines and runs of bytes from a request body, of which it holds at most one line in memory.</summary>
internal sealed class BodyLines(PipeReader body)
{
    private const int LongestLine = 8 * 1024;

    /// <summary>The next line without its CRLF.</summary>
    /// <exception cref="S3Exception">IncompleteBody when the body ends too early or the line is too long.</exception>
    public async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (TryTakeLine(read.Buffer, out var line))
                return line;
            var tooLong = read.Buffer.Length > LongestLine;
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (tooLong)
                throw BodyErrors.BrokenChunk("a line is longer than 8 KiB");
            if (read.IsCompleted)
                throw BodyErrors.BrokenChunk("it ends before its last chunk");
        }
    }

    /// <summary>
    /// Like <see cref="ReadLineAsync"/>, but returns null at the end of the body: some clients omit the last empty
    /// line.
    /// </summary>
    public async ValueTask<string?> ReadLineOrEndAsync(CancellationToken cancellation)
    {
        var read = await body.ReadAsync(cancellation);
        body.AdvanceTo(read.Buffer.Start);
        return read.Buffer.IsEmpty && read.IsCompleted ? null : await ReadLineAsync(cancellation);
    }

    /// <summary>Copies at least one byte, and at most the length of <paramref name="destination"/>.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        var read = await body.ReadAsync(cancellation);
        var count = (int)Math.Min(read.Buffer.Length, destination.Length);
        var taken = read.Buffer.Slice(0, count);
        taken.CopyTo(destination.Span);
        body.AdvanceTo(taken.End);
        return count > 0 ? count : throw BodyErrors.BrokenChunk("it ends inside a chunk");
    }

    private bool TryTakeLine(ReadOnlySequence<byte> buffer, out string line)
    {
        line = "";
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return false;
        var bytes = buffer.Slice(0, end);
        if (bytes.Length > LongestLine)
            return false;
        line = Encoding.Latin1.GetString(bytes).TrimEnd('\r');
        body.AdvanceTo(buffer.GetPosition(1, end));
        return true;
    }
}

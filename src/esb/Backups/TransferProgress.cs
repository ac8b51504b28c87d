using System.Globalization;
using Esb.Cli.Terminal;
using Esb.Host.Streams;

namespace Esb.Cli.Backups;

/// <summary>A stream that shows on a line how much has passed through it.</summary>
/// <param name="inner">The stream.</param>
/// <param name="line">The line.</param>
/// <param name="text">What is being done.</param>
/// <param name="total">The size of everything in bytes; null if it is unknown.</param>
internal sealed class TransferProgress(Stream inner, LiveLine line, string text, long? total) : UnseekableStream
{
    private long _done;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override int Read(byte[] buffer, int offset, int count) => Add(inner.Read(buffer, offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Add(await inner.ReadAsync(buffer, cancellationToken));

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        Add(count);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Add(buffer.Length);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    private int Add(int count)
    {
        const long Step = 1 << 20;
        var before = _done / Step;
        _done += count;
        if (_done / Step != before || count == 0)
            line.Update(string.Create(
                CultureInfo.InvariantCulture,
                $"{text}  {Sizes.Of(_done)}{(total > 0 ? $", {100 * _done / total} %" : "")}"));
        return count;
    }
}

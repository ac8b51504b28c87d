using Esb.Objects.Errors;

namespace Esb.Objects.Payloads;

/// <summary>
/// A small document that is read into memory. Each document has a size limit, and there is another one for all
/// documents together, because there may be many clients.
/// </summary>
/// <param name="room">The room that the document shares with others.</param>
internal sealed class DocumentBuffer(DocumentRoom room) : MemoryStream
{
    private long _own;

    /// <exception cref="S3Exception">SlowDown when other documents leave no room.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Take(count);
        base.Write(buffer, offset, count);
    }

    /// <inheritdoc cref="Write(byte[], int, int)"/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Take(buffer.Length);
        base.Write(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        room.Give(Interlocked.Exchange(ref _own, 0));
        base.Dispose(disposing);
    }

    private void Take(int count)
    {
        if (!room.TryTake(count))
            throw BodyErrors.SlowDown();
        _own += count;
    }
}

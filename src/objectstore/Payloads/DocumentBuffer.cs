using Esb.ObjectStore.Errors;

namespace Esb.ObjectStore.Payloads;

/// <summary>
/// A small document that is read into memory. Each has its limit and clients are many, so all of them together have one too, counted in bytes
/// that have come.
/// </summary>
internal sealed class DocumentBuffer : MemoryStream
{
    private const long MostBytes = 64L * 1024 * 1024;

    private static long _held;

    private long _own;

    /// <summary>Bytes of all documents at this moment.</summary>
    public static long Held => Interlocked.Read(ref _held);

    /// <exception cref="S3Exception">SlowDown when others' documents leave no room.</exception>
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
        Interlocked.Add(ref _held, -Interlocked.Exchange(ref _own, 0));
        base.Dispose(disposing);
    }

    private void Take(int count)
    {
        if (Interlocked.Add(ref _held, count) > MostBytes)
        {
            Interlocked.Add(ref _held, -count);
            throw BodyErrors.SlowDown();
        }

        _own += count;
    }
}

using System.IO.Pipelines;
using Esb.Objects.Errors;

namespace Esb.Objects.Payloads;

/// <summary>
/// Limits the memory of answers that clients have not yet read. A function may read an object as slowly as it likes,
/// but all waiting answers share one limit. When it is reached, those that have waited longest are aborted; as long as
/// none has waited long, new requests get SlowDown.
/// </summary>
/// <param name="time">Measures how long answers have been waiting.</param>
internal sealed class AnswerBuffer(TimeProvider time)
{
    /// <summary>The size of one write. Data that has been copied within the transport is counted in addition.</summary>
    public const int Piece = 64 * 1024;

    private const long MostBytes = 64L * 1024 * 1024;

    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);

    /// <summary>The instance that the whole store shares.</summary>
    public static AnswerBuffer All { get; } = new(TimeProvider.System);

    // Guards the fields below. Held while a request is being aborted, so that it does not end meanwhile and its context
    // is not reused.
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _byAge = new();
    private long _held;

    /// <summary>The bytes of all answers that are waiting now.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
                return _held;
        }
    }

    /// <summary>Called before the headers of an answer are written.</summary>
    /// <exception cref="S3Exception">SlowDown when there is no room and no answer can be aborted.</exception>
    public void ThrowIfFull(long bytes)
    {
        lock (_gate)
        {
            if (!HasRoom(bytes))
                throw BodyErrors.SlowDown();
        }
    }

    /// <summary>Sends a complete document.</summary>
    public async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        for (var at = 0; at < document.Length; at += Piece)
        {
            var piece = document.Slice(at, Math.Min(Piece, document.Length - at));
            await WaitAsync(
                http, http.Response.BodyWriter.WriteAsync(piece, cancellation), document.Length + piece.Length);
        }
    }

    /// <summary>Waits until a client has taken what is being written.</summary>
    /// <param name="http">The request.</param>
    /// <param name="write">The write, already started.</param>
    /// <param name="bytes">The bytes that are held for it.</param>
    public async ValueTask WaitAsync(HttpContext http, ValueTask<FlushResult> write, long bytes)
    {
        if (write.IsCompleted)
        {
            await write;
            return;
        }

        var place = Begin(new Waiting(http, bytes, time.GetTimestamp()));
        try
        {
            await write;
        }
        finally
        {
            End(place);
        }
    }

    private LinkedListNode<Waiting> Begin(Waiting waiting)
    {
        lock (_gate)
        {
            if (!HasRoom(waiting.Bytes))
                waiting.Http.Abort();
            _held += waiting.Bytes;
            return _byAge.AddLast(waiting);
        }
    }

    private void End(LinkedListNode<Waiting> place)
    {
        lock (_gate)
            Remove(place);
    }

    private bool HasRoom(long bytes)
    {
        while (_held + bytes > MostBytes
            && _byAge.First is { } oldest
            && time.GetElapsedTime(oldest.Value.Since) >= LongWait)
        {
            oldest.Value.Http.Abort();
            Remove(oldest);
        }

        return _held + bytes <= MostBytes;
    }

    private void Remove(LinkedListNode<Waiting> place)
    {
        if (place.List is null)
            return;
        _byAge.Remove(place);
        _held -= place.Value.Bytes;
    }

    private sealed record Waiting(HttpContext Http, long Bytes, long Since);
}

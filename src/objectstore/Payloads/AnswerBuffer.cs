using System.IO.Pipelines;
using Esb.ObjectStore.Errors;

namespace Esb.ObjectStore.Payloads;

/// <summary>
/// What clients have asked for and not taken. A function may read an object as slowly as it likes, but all that waits has a common bound: when it
/// is reached, those that have waited for longest are let go, and while nobody has waited for long, who comes is told to slow down.
/// </summary>
/// <param name="time">Tells who has waited for how long.</param>
internal sealed class AnswerBuffer(TimeProvider time)
{
    /// <summary>Bytes that are written at once: what has been copied on its way is held beside what it was copied from.</summary>
    public const int Piece = 64 * 1024;

    private const long MostBytes = 64L * 1024 * 1024;

    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);

    /// <summary>That of the store.</summary>
    public static AnswerBuffer All { get; } = new(TimeProvider.System);

    // Guards the fields below. Held while one is let go, so that its request does not end meanwhile and its context serves no other.
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _byAge = new();
    private long _held;

    /// <summary>Bytes of all answers that wait at this moment.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
                return _held;
        }
    }

    /// <summary>Asked before the head of an answer is made.</summary>
    /// <exception cref="S3Exception">SlowDown when there is no room, and nobody who makes way.</exception>
    public void ThrowIfFull(long bytes)
    {
        lock (_gate)
        {
            if (!HasRoom(bytes))
                throw BodyErrors.SlowDown();
        }
    }

    /// <summary>Sends a whole document.</summary>
    public async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        for (var at = 0; at < document.Length; at += Piece)
        {
            var piece = document.Slice(at, Math.Min(Piece, document.Length - at));
            await WaitAsync(http, http.Response.BodyWriter.WriteAsync(piece, cancellation), document.Length + piece.Length);
        }
    }

    /// <summary>Waits until a client takes what is being written.</summary>
    /// <param name="http">Of the request.</param>
    /// <param name="write">Begun.</param>
    /// <param name="bytes">What is held for it.</param>
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
        while (_held + bytes > MostBytes && _byAge.First is { } oldest && time.GetElapsedTime(oldest.Value.Since) >= LongWait)
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

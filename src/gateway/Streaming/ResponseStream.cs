using System.Buffers;
using System.IO.Pipelines;

namespace Esb.Gateway.Streaming;

/// <summary>
/// The way of an answer that a function writes bit by bit, from its worker to whoever invoked it. Holds little: when the client reads
/// slowly, the worker is made to write slowly.
/// </summary>
internal sealed class ResponseStream
{
    private const int MostHeld = 256 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: MostHeld, resumeWriterThreshold: MostHeld / 2, useSynchronizationContext: false));
    private readonly TaskCompletionSource<string> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Refused? _refusal;

    /// <summary>What the function has written.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <summary>Why what was written cannot be sent; null when nobody said so.</summary>
    public Refused? Refusal => Volatile.Read(ref _refusal);

    /// <summary>The function begins. False when another one had begun: what was sent cannot be taken back.</summary>
    public bool TryStart(string contentType) => _started.TrySetResult(contentType);

    /// <summary>The content type, as soon as the function has begun; null when the invocation is over and it never has: it answered in one piece or not at all.</summary>
    /// <param name="over">Completes when the invocation has ended.</param>
    public async Task<string?> StartedAsync(Task over)
    {
        await Task.WhenAny(_started.Task, over);
        // A function that writes little has both begun and ended by now: which of the two is told first says nothing.
        return _started.Task.IsCompleted ? await _started.Task : null;
    }

    /// <summary>Returns when there is room for more; false when nobody reads any more.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (var part in bytes)
            _pipe.Writer.Write(part.Span);
        var flushed = await _pipe.Writer.FlushAsync(cancellationToken);
        return !flushed.IsCompleted;
    }

    /// <summary>Nobody will read on, and the client is not the reason. Said before the reader is completed.</summary>
    public void Refuse(string errorType, string message) => Volatile.Write(ref _refusal, new Refused(errorType, message));

    /// <summary>Nothing follows. Whether it was a success, the invocation's result says.</summary>
    public void End() => _pipe.Writer.Complete();

    /// <summary>The error with which the invocation ends.</summary>
    internal sealed record Refused(string ErrorType, string Message);
}

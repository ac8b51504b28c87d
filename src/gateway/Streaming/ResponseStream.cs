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

    /// <summary>The content type, as soon as the function has begun; never, when it answers in one piece or not at all.</summary>
    public Task<string> Started => _started.Task;

    /// <summary>What the function has written.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <summary>The function begins. False when another one had begun: what was sent cannot be taken back.</summary>
    public bool TryStart(string contentType) => _started.TrySetResult(contentType);

    /// <summary>Returns when there is room for more; false when nobody reads any more.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (var part in bytes)
            _pipe.Writer.Write(part.Span);
        var flushed = await _pipe.Writer.FlushAsync(cancellationToken);
        return !flushed.IsCompleted;
    }

    /// <summary>Nothing follows. Whether it was a success, the invocation's result says.</summary>
    public void End() => _pipe.Writer.Complete();
}

using System.Buffers;
using System.IO.Pipelines;

namespace Esb.Gateway.Streaming;

/// <summary>
/// The stream from a worker to the caller of its function. It buffers little, so when the client reads slowly, the
/// worker has to write slowly.
/// </summary>
internal sealed class ResponseStream
{
    private const int MaxHeld = 256 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: MaxHeld, resumeWriterThreshold: MaxHeld / 2, useSynchronizationContext: false));
    private readonly TaskCompletionSource<string> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Refused? _refusal;

    /// <summary>The function's output.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <summary>Why the output cannot be sent; null when there is no error.</summary>
    public Refused? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Begins the stream. False when it has already begun, since sent bytes cannot be replaced.</summary>
    public bool TryStart(string contentType) => _started.TrySetResult(contentType);

    /// <summary>
    /// The content type, as soon as the stream has begun; null when the invocation ended without a stream.
    /// </summary>
    /// <param name="over">Completes when the invocation has ended.</param>
    public async Task<string?> StartedAsync(Task over)
    {
        await Task.WhenAny(_started.Task, over);
        // A short stream may have both begun and ended by now, so the order of the two completions means nothing.
        return _started.Task.IsCompleted ? await _started.Task : null;
    }

    /// <summary>Writes bytes, and returns when there is space for more; false when the reader has stopped.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (var part in bytes)
            _pipe.Writer.Write(part.Span);
        var flushed = await _pipe.Writer.FlushAsync(cancellationToken);
        return !flushed.IsCompleted;
    }

    /// <summary>
    /// Reports that the reader stops for a reason other than the client. Must be called before the reader is completed.
    /// </summary>
    public void Refuse(string errorType, string message) =>
        Volatile.Write(ref _refusal, new Refused(errorType, message));

    /// <summary>Ends the stream. Whether the function succeeded is part of the result of the invocation.</summary>
    public void End() => _pipe.Writer.Complete();

    /// <summary>The error with which the invocation ends.</summary>
    internal sealed record Refused(string ErrorType, string Message);
}

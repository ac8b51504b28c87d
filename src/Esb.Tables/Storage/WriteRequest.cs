namespace Esb.Tables.Storage;

/// <summary>Work that waits for the writer.</summary>
internal abstract class WriteRequest
{
    /// <summary>Whether nobody waits for it any more.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Does the work; its answer is kept until it is on the disk.</summary>
    public abstract void Run(WriteSession session);

    /// <summary>Answers: what was written is on the disk.</summary>
    public abstract void Complete();

    /// <summary>Answers: nothing was written.</summary>
    public abstract void Fail(Exception reason);
}

/// <summary>Work with a result.</summary>
internal sealed class WriteRequest<T>(Func<WriteSession, T> work, CancellationToken cancellation) : WriteRequest
{
    // Whoever waits continues on a thread of its own, never on the writer's.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _completion.Task;

    public override bool IsCancelled => cancellation.IsCancellationRequested;

    public override void Run(WriteSession session) => _result = work(session);

    public override void Complete() => _completion.TrySetResult(_result!);

    public override void Fail(Exception reason)
    {
        if (reason is OperationCanceledException && IsCancelled)
            _completion.TrySetCanceled(cancellation);
        else
            _completion.TrySetException(reason);
    }
}

namespace Esb.Tables.Storage;

/// <summary>Work that waits for the writer.</summary>
internal abstract class WriteRequest
{
    /// <summary>Whether the caller has canceled the request.</summary>
    public abstract bool IsCancelled { get; }

    /// <summary>Does the work. The result is returned only when it is on the disk.</summary>
    public abstract void Run(WriteSession session);

    /// <summary>Returns the result: the changes are on the disk.</summary>
    public abstract void Complete();

    /// <summary>Returns an error: nothing was written.</summary>
    public abstract void Fail(Exception reason);
}

/// <summary>Work with a result.</summary>
internal sealed class WriteRequest<T>(Func<WriteSession, T> work, CancellationToken cancellation) : WriteRequest
{
    // The caller continues on another thread, never on the writer's.
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

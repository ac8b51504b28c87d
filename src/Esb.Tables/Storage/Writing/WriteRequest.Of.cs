namespace Esb.Tables.Storage.Writing;

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

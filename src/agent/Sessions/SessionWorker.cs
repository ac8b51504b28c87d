using Esb.Agent.Backends;

namespace Esb.Agent.Sessions;

/// <summary>A worker, from the moment when its start is requested.</summary>
internal sealed class SessionWorker(string id)
{
    private volatile bool _stopRequested;

    public string Id => id;

    /// <summary>Completes when the worker was started; null when it could not be.</summary>
    public TaskCompletionSource<RunningWorker?> Started { get; } = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the exit was reported. Set before <see cref="Started"/> completes.</summary>
    public Task Reported { get; set; } = Task.CompletedTask;

    public bool StopRequested
    {
        get => _stopRequested;
        set => _stopRequested = value;
    }
}

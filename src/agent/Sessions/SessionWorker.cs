using Esb.Agent.Backends;

namespace Esb.Agent.Sessions;

/// <summary>A worker from the moment it was asked for.</summary>
internal sealed class SessionWorker(string id)
{
    private volatile bool _stopRequested;

    public string Id => id;

    /// <summary>Ends when it was started, with null when it could not be.</summary>
    public TaskCompletionSource<RunningWorker?> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when its exit was reported. Set before <see cref="Started"/> ends.</summary>
    public Task Reported { get; set; } = Task.CompletedTask;

    public bool StopRequested
    {
        get => _stopRequested;
        set => _stopRequested = value;
    }
}

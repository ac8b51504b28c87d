namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Counts the connections of each worker to the Runtime API. When a worker has ended, its last bytes are read until its
/// connections are closed.
/// </summary>
internal sealed class WorkerConnections
{
    private readonly Lock _gate = new(); // guards the workers and their counts
    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns when the existing connections have been counted, or when the time has passed. Set by the port that
    /// accepts the connections.
    /// </summary>
    public Func<TimeSpan, Task> AcceptQueuedAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Counts a connection while it is being served.</summary>
    public async Task ServeAsync(string address, Func<Task> serve)
    {
        Add(address, 1);
        try
        {
            await serve();
        }
        finally
        {
            Add(address, -1);
        }
    }

    /// <summary>Returns when the worker has no open connection, or when the time has passed.</summary>
    public async Task WaitForEndAsync(string address, TimeSpan timeout)
    {
        // A worker may open a connection for its answer and end before the connection is accepted.
        await AcceptQueuedAsync(timeout);
        Task ended;
        lock (_gate)
            ended = _open.TryGetValue(address, out var open) ? open.Ended.Task : Task.CompletedTask;
        await ended.WaitAsync(timeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Add(string address, int change)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(address, out var open))
                _open[address] = open = new Open();
            open.Count += change;
            if (open.Count > 0)
                return;
            _open.Remove(address);
            open.Ended.SetResult();
        }
    }

    // The open connections of a worker. The object exists from the first connection until the last one is closed.
    private sealed class Open
    {
        public int Count { get; set; }

        // The continuations must run outside the lock.
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Counts the connections of each worker to the Runtime API. The last bytes of an ended worker are read until they are
/// closed.
/// </summary>
internal sealed class WorkerConnections
{
    private readonly Lock _gate = new(); // guards the workers and their counts
    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns when the connections that exist are counted, or after a time. Set by the port that accepts them.
    /// </summary>
    public Func<TimeSpan, Task> AcceptQueuedAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Counts a connection while it is served.</summary>
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

    /// <summary>Returns when the worker has no open connection, or after this time.</summary>
    public async Task WaitForEndAsync(string address, TimeSpan timeout)
    {
        // A worker may open a connection for its answer and end before it is accepted.
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

    // The connections of a worker, from its first one until it has none.
    private sealed class Open
    {
        public int Count { get; set; }

        // Continuations run outside the lock.
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

namespace Esb.Gateway.RuntimeApi;

/// <summary>How many connections to the Runtime API each worker has. What a worker sent before it ended is read until they are closed.</summary>
internal sealed class WorkerConnections
{
    private readonly Lock _gate = new(); // guards the workers and their counts
    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);

    /// <summary>Counts a connection for as long as it is served.</summary>
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

    /// <summary>Returns when no connection of this worker is open any more, or after this time.</summary>
    public async Task WaitForEndAsync(string address, TimeSpan atMost)
    {
        Task ended;
        lock (_gate)
            ended = _open.TryGetValue(address, out var open) ? open.Ended.Task : Task.CompletedTask;
        await ended.WaitAsync(atMost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

        // Who waits goes on outside of the lock.
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

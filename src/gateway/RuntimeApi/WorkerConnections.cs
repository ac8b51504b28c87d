namespace Esb.Gateway.RuntimeApi;

/// <summary>How many connections to the Runtime API each worker has. What a worker sent before it ended is read until they are closed.</summary>
internal sealed class WorkerConnections
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

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
        for (var waited = TimeSpan.Zero; waited < atMost && HasAny(address); waited += Interval)
            await Task.Delay(Interval);
    }

    private bool HasAny(string address)
    {
        lock (_gate)
            return _open.ContainsKey(address);
    }

    private void Add(string address, int change)
    {
        lock (_gate)
        {
            var count = _open.GetValueOrDefault(address) + change;
            if (count == 0)
                _open.Remove(address);
            else
                _open[address] = count;
        }
    }
}

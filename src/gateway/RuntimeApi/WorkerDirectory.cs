using System.Collections.Concurrent;
using Esb.Gateway.Workers;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Identifies the workers by their address on the Runtime API, and by their id in the agent's reports.
/// </summary>
internal sealed class WorkerDirectory
{
    // How long after a worker's first request the agent's answer may arrive. A busy engine may start many workers at
    // once.
    private static readonly TimeSpan RegistrationTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Worker> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Worker> _byAddress = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Worker>> _expected = new(StringComparer.Ordinal);

    public void Add(Worker worker) => _byId[worker.Id] = worker;

    /// <summary>Assigns an address to the worker.</summary>
    public void Register(Worker worker, string address)
    {
        // A container that has already ended has no address; its exit is reported.
        if (worker.State == WorkerState.Stopped || address.Length == 0)
            return;
        worker.Address = address;
        _byAddress[address] = worker;
        if (_expected.TryRemove(address, out var waiting))
            waiting.TrySetResult(worker);
    }

    /// <summary>Whether a worker has this address.</summary>
    public bool Has(string address) => _byAddress.ContainsKey(address);

    public Worker? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// Finds the worker with this address. A worker may send a request before the agent's answer has arrived. So while
    /// any worker is starting, this method waits for an unknown address to be registered.
    /// </summary>
    /// <returns>Null when no worker registered in time.</returns>
    public async ValueTask<Worker?> ResolveAsync(string address, CancellationToken cancellationToken)
    {
        if (_byAddress.TryGetValue(address, out var known))
            return known;
        // The address may have been registered between the look-up and this check.
        if (!_byId.Values.Any(worker => worker.Address.Length == 0))
            return _byAddress.GetValueOrDefault(address);
        var expected = _expected.GetOrAdd(
            address, _ => new TaskCompletionSource<Worker>(TaskCreationOptions.RunContinuationsAsynchronously));
        // The address may have been registered between the look-up and the wait.
        if (_byAddress.TryGetValue(address, out known))
            return known;
        try
        {
            return await expected.Task.WaitAsync(RegistrationTimeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            _expected.TryRemove(address, out _);
            // Another waiter may have removed the promise before it was completed.
            return _byAddress.GetValueOrDefault(address);
        }
    }

    /// <summary>Blocks a stopping worker's requests; the agent's reports about it still count.</summary>
    public void Unregister(Worker worker) =>
        _byAddress.TryRemove(new KeyValuePair<string, Worker>(worker.Address, worker));

    /// <summary>Removes a worker that has ended.</summary>
    public void Remove(Worker worker)
    {
        Unregister(worker);
        _byId.TryRemove(worker.Id, out _);
    }

    public void Clear()
    {
        _byAddress.Clear();
        _byId.Clear();
    }
}

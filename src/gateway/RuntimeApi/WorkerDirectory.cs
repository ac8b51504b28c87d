using System.Collections.Concurrent;
using Esb.Gateway.Workers;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Identifies the workers on the Runtime API by their address, and in the agent's reports by their id.
/// </summary>
internal sealed class WorkerDirectory
{
    // How much later than a worker's first request the agent's answer may arrive: a busy engine starts many workers at
    // once.
    private static readonly TimeSpan RegistrationTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Worker> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Worker> _byAddress = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Worker>> _expected = new(StringComparer.Ordinal);

    public void Add(Worker worker) => _byId[worker.Id] = worker;

    /// <summary>Assigns the worker's address.</summary>
    public void Register(Worker worker, string address)
    {
        // A container that has ended already has no address; its exit is reported.
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
    /// The worker with this address. A worker may send a request before the agent's answer has arrived, so while a
    /// worker starts, an unknown address is waited for.
    /// </summary>
    /// <returns>Null when no worker registered in time.</returns>
    public async ValueTask<Worker?> ResolveAsync(string address, CancellationToken cancellationToken)
    {
        if (_byAddress.TryGetValue(address, out var known))
            return known;
        // It may have been registered between the look-up and this check.
        if (!_byId.Values.Any(worker => worker.Address.Length == 0))
            return _byAddress.GetValueOrDefault(address);
        var expected = _expected.GetOrAdd(
            address, _ => new TaskCompletionSource<Worker>(TaskCreationOptions.RunContinuationsAsynchronously));
        // It may have been registered between the look-up and the wait.
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

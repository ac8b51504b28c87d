using System.Collections.Concurrent;
using Esb.Gateway.Workers;

namespace Esb.Gateway.RuntimeApi;

/// <summary>Who is who on the Runtime API: workers by their address, and by the id under which the agent reports on them.</summary>
internal sealed class WorkerDirectory
{
    // How long the agent's answer may take longer than a worker does to ask: an engine under load has many to start at once.
    private static readonly TimeSpan RegistrationPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Worker> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Worker> _byAddress = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Worker>> _expected = new(StringComparer.Ordinal);

    public void Add(Worker worker) => _byId[worker.Id] = worker;

    /// <summary>Gives the worker its identity.</summary>
    public void Register(Worker worker, string address)
    {
        // A container that has ended already has no address any more; its exit is reported.
        if (worker.State == WorkerState.Stopped || address.Length == 0)
            return;
        worker.Address = address;
        _byAddress[address] = worker;
        if (_expected.TryRemove(address, out var waiting))
            waiting.TrySetResult(worker);
    }

    /// <summary>Whether a worker has that address.</summary>
    public bool Has(string address) => _byAddress.ContainsKey(address);

    public Worker? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The worker at an address. A worker may ask before the agent's answer has arrived, so while one is being started an unknown
    /// address is waited for.
    /// </summary>
    /// <returns>Null when nobody registered in time.</returns>
    public async ValueTask<Worker?> ResolveAsync(string address, CancellationToken cancellationToken)
    {
        if (_byAddress.TryGetValue(address, out var known))
            return known;
        // It may have been registered between the look-up and the question.
        if (!_byId.Values.Any(worker => worker.Address.Length == 0))
            return _byAddress.GetValueOrDefault(address);
        var expected = _expected.GetOrAdd(address, _ => new TaskCompletionSource<Worker>(TaskCreationOptions.RunContinuationsAsynchronously));
        // It may have been registered between the look-up and the wait.
        if (_byAddress.TryGetValue(address, out known))
            return known;
        try
        {
            return await expected.Task.WaitAsync(RegistrationPatience, cancellationToken);
        }
        catch (TimeoutException)
        {
            _expected.TryRemove(address, out _);
            // Somebody else who waited for it may have taken the promise away before it was kept.
            return _byAddress.GetValueOrDefault(address);
        }
    }

    /// <summary>The worker is to go: it may not speak any more, but what the agent still reports of it counts.</summary>
    public void Unregister(Worker worker) => _byAddress.TryRemove(new KeyValuePair<string, Worker>(worker.Address, worker));

    /// <summary>The worker is gone.</summary>
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

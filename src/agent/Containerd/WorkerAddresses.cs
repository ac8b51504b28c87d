using System.Net;
using Esb.Agent.Backends;

namespace Esb.Agent.Containerd;

/// <summary>
/// Addresses for workers from the current network: runtime-node may come back with a different network.
/// </summary>
internal sealed class WorkerAddresses(string networkFile)
{
    // Guards _network and _pool.
    private readonly Lock _gate = new();
    private WorkerNetwork? _network;
    private AddressPool? _pool;

    /// <exception cref="CannotStartException">There is no network yet, or no address is left.</exception>
    public (WorkerNetwork Network, IPAddress Address) Take()
    {
        var network = WorkerNetwork.Read(networkFile);
        lock (_gate)
        {
            if (_pool is null || _network != network)
                (_network, _pool) = (network, new AddressPool(network.First, network.Last, (uint)Random.Shared.Next()));
            return (network, _pool.Take());
        }
    }

    /// <summary>Takes an address back. An address of a network that no longer exists is ignored.</summary>
    public void Return(IPAddress address)
    {
        lock (_gate)
            _pool?.Return(address);
    }
}

using System.Collections.Concurrent;
using System.Collections.Frozen;
using Esb.Gateway.Clocks;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;

namespace Esb.Gateway.Configuration;

/// <summary>
/// Holds the current snapshot. A request reads <see cref="Current"/> once, when it arrives, without a lock.
/// </summary>
internal sealed class LiveConfiguration(TimeProvider time)
{
    private readonly ConcurrentDictionary<WorkerPool, byte> _draining = new();

    private volatile Snapshot _current = new(
        WrittenConfiguration.None,
        time.Now(),
        RouteTable.Build([], new DiagnosticBag()),
        FrozenDictionary<string, FunctionEntry>.Empty);

    /// <summary>The current snapshot.</summary>
    public Snapshot Current => _current;

    /// <summary>
    /// Swaps in the next snapshot, and returns the pools that it no longer has, so that they can be drained.
    /// </summary>
    public IReadOnlyList<ReplacedPool> Swap(Snapshot next)
    {
        var previous = _current;
        List<ReplacedPool> replaced = [];
        foreach (var (name, entry) in previous.Functions)
        {
            if (next.Functions.GetValueOrDefault(name)?.Pool != entry.Pool)
                replaced.Add(new ReplacedPool(name, entry.Pool));
        }

        // Added before the swap, so that a pool with workers is always in one of the two places.
        foreach (var (_, pool) in replaced)
            _draining[pool] = 0;
        _current = next;
        return replaced;
    }

    /// <summary>The pools of the current snapshot and those that are being drained.</summary>
    public IEnumerable<WorkerPool> AllPools()
    {
        foreach (var entry in _current.Functions.Values)
            yield return entry.Pool;
        foreach (var (pool, _) in _draining)
        {
            if (pool.IsDrained)
                _draining.TryRemove(pool, out _);
            else
                yield return pool;
        }
    }
}

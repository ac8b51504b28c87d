using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Stores;

/// <summary>The state of one resource in a store.</summary>
/// <param name="State">The state; null when the resource does not exist.</param>
/// <param name="IsUsable">Whether a function could use the resource now.</param>
/// <param name="IsSettled">Whether no change to the resource is in progress.</param>
/// <param name="Lacking">Properties that this store cannot change, known beforehand or reported by the store.</param>
/// <param name="Traits">What is known about the store.</param>
internal sealed record Reading<TState>(
    TState? State,
    bool IsUsable,
    bool IsSettled,
    IReadOnlySet<string> Lacking,
    StoreTraits Traits)
    where TState : class;

/// <summary>Reads and changes one kind of resource.</summary>
internal interface IResourceStore<in TWanted, TState>
    where TState : class
{
    /// <summary>Reads what the manifest contains, and nothing else.</summary>
    Task<Reading<TState>> ReadAsync(TWanted wanted, CancellationToken cancellationToken);

    /// <summary>Computes the plan, without side effects.</summary>
    ResourcePlan Plan(TWanted wanted, Reading<TState> reading);

    /// <summary>
    /// Makes one call that changes the store, without retries: reading the resource back shows whether a failed call
    /// must be repeated.
    /// </summary>
    Task ApplyAsync(TWanted wanted, Change change, CancellationToken cancellationToken);
}

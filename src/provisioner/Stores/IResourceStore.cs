using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Stores;

/// <summary>What a store says about one resource.</summary>
/// <param name="State">Null: it is not there.</param>
/// <param name="IsUsable">A function could use it now.</param>
/// <param name="IsSettled">Nothing about it is still being changed.</param>
/// <param name="Lacking">Properties that this store cannot change, known beforehand or said by itself.</param>
/// <param name="Traits">Who the store is.</param>
internal sealed record Reading<TState>(TState? State, bool IsUsable, bool IsSettled, IReadOnlySet<string> Lacking, StoreTraits Traits)
    where TState : class;

/// <summary>The effects on one kind of resource.</summary>
internal interface IResourceStore<in TWanted, TState>
    where TState : class
{
    /// <summary>Reads what the manifest names, and nothing else.</summary>
    Task<Reading<TState>> ReadAsync(TWanted wanted, CancellationToken cancellationToken);

    /// <summary>The decision, pure.</summary>
    ResourcePlan Plan(TWanted wanted, Reading<TState> reading);

    /// <summary>Makes one change call, once: whether one that failed has to be made again is seen by reading.</summary>
    Task ApplyAsync(TWanted wanted, Change change, CancellationToken cancellationToken);
}

using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Stores;
using Esb.Schema.Resources;

namespace Esb.Provisioner.Converging;

/// <summary>A resource of the manifest, with what is to be done about it.</summary>
/// <param name="Kind">Table or bucket.</param>
/// <param name="Written">Where it is wanted.</param>
/// <param name="Plan">The decision.</param>
/// <param name="ConvergeAsync">Carries it out.</param>
internal sealed record PlannedResource(ResourceKind Kind, Resource Written, ResourcePlan Plan, Func<CancellationToken, Task<Converged>> ConvergeAsync)
{
    /// <summary>Reads one resource and decides.</summary>
    public static async Task<PlannedResource> OfAsync<TWanted, TState>(
        ResourceKind kind, Resource written, TWanted wanted, (IResourceStore<TWanted, TState> Store, Patience Patience) place, CancellationToken cancellationToken)
        where TState : class
    {
        var reading = await place.Store.ReadAsync(wanted, cancellationToken);
        var convergence = new Convergence<TWanted, TState>(place.Store, place.Patience);
        return new PlannedResource(kind, written, place.Store.Plan(wanted, reading), token => convergence.RunAsync(wanted, reading, token));
    }
}

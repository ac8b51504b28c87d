using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Stores;
using Esb.Schema.Resources;

namespace Esb.Provisioner.Converging;

/// <summary>A resource of the manifest with its plan.</summary>
/// <param name="Kind">Whether the resource is a table or a bucket.</param>
/// <param name="Written">The resource as written in the manifest.</param>
/// <param name="Plan">The plan.</param>
/// <param name="ConvergeAsync">Carries out the plan.</param>
internal sealed record PlannedResource(
    ResourceKind Kind,
    Resource Written,
    ResourcePlan Plan,
    Func<CancellationToken, Task<Converged>> ConvergeAsync)
{
    /// <summary>Reads one resource and plans its changes.</summary>
    public static async Task<PlannedResource> OfAsync<TWanted, TState>(
        ResourceKind kind,
        Resource written,
        TWanted wanted,
        (IResourceStore<TWanted, TState> Store, Timeouts Timeouts) place,
        CancellationToken cancellationToken)
        where TState : class
    {
        var reading = await place.Store.ReadAsync(wanted, cancellationToken);
        var convergence = new Convergence<TWanted, TState>(place.Store, place.Timeouts);
        return new PlannedResource(
            kind, written, place.Store.Plan(wanted, reading), token => convergence.RunAsync(wanted, reading, token));
    }
}

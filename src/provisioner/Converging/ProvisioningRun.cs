using Esb.Manifests;
using Esb.Provisioner.DynamoDb;
using Esb.Provisioner.Manifests;
using Esb.Provisioner.S3;
using Esb.Provisioner.Stores;
using Esb.Schema.Resources;

namespace Esb.Provisioner.Converging;

/// <summary>
/// One run. It connects to the stores, reads and plans all resources, and applies the plans that it is given. If one
/// resource is refused, <see cref="ProvisionerProcess"/> applies no plans.
/// </summary>
/// <param name="tables">The DynamoDB store; called only when the manifest has tables.</param>
/// <param name="buckets">The S3 store; called only when the manifest has buckets.</param>
/// <param name="timeouts">How long a store may take.</param>
internal sealed class ProvisioningRun(TableStore tables, BucketStore buckets, Timeouts timeouts)
{
    private const int AtOnce = 16;

    private readonly SemaphoreSlim _places = new(AtOnce);

    /// <exception cref="StoreFailure">A store cannot be used.</exception>
    public async Task<IReadOnlyList<PlannedResource>> PlanAsync(
        WantedResources wanted,
        CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            wanted.Tables.Count == 0 ? Task.CompletedTask : tables.ConnectAsync(cancellationToken),
            wanted.Buckets.Count == 0 ? Task.CompletedTask : buckets.ConnectAsync(cancellationToken));
        var planned = wanted.Tables
            .Select(t => LimitedAsync(
                () => PlannedResource.OfAsync(
                    ResourceKind.Table, t.Written, t.Table, (tables, timeouts), cancellationToken), cancellationToken))
            .Concat(wanted.Buckets.Select(b => LimitedAsync(
                () => PlannedResource.OfAsync(
                    ResourceKind.Bucket, b.Written, b.Bucket, (buckets, timeouts), cancellationToken),
                cancellationToken)));
        return await Task.WhenAll(planned);
    }

    /// <summary>
    /// Applies plans, those that are independent in parallel. The failure of one plan does not stop the others.
    /// </summary>
    public async Task<IReadOnlyList<ResourceReport>> ApplyAsync(
        IReadOnlyList<PlannedResource> plans,
        CancellationToken cancellationToken) =>
        await Task.WhenAll(plans.Select(p => LimitedAsync(() => ApplyAsync(p, cancellationToken), cancellationToken)));

    private static async Task<ResourceReport> ApplyAsync(PlannedResource planned, CancellationToken cancellationToken)
    {
        var (noun, name) = (planned.Kind.Noun, planned.Written.Name);
        try
        {
            var converged = await planned.ConvergeAsync(cancellationToken);
            return converged.Failure is { } failure
                ? new ResourceReport(
                    noun, name, Outcome.Failed, converged.Changes, converged.Findings, Failure.TextOf(failure))
                : new ResourceReport(noun, name, converged.Outcome, converged.Changes, converged.Findings);
        }
        catch (StoreFailure e)
        {
            return new ResourceReport(noun, name, Outcome.Failed, [], [], e.Message);
        }
    }

    private async Task<T> LimitedAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _places.Release();
        }
    }
}

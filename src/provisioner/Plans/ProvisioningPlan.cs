using Esb.Schema.Resources;

namespace Esb.Provisioner.Plans;

/// <summary>The decision: from what is wanted and what is there to what is done. Nothing is ever deleted or replaced.</summary>
internal static class ProvisioningPlan
{
    public static IReadOnlyList<ResourceAction> For(ResourcesFile wanted, IReadOnlySet<string> tables, IReadOnlySet<string> buckets) =>
    [
        .. wanted.Tables.Select(t => Action(ResourceKind.Table, t, tables)),
        .. wanted.Buckets.Select(b => Action(ResourceKind.Bucket, b, buckets)),
    ];

    private static ResourceAction Action(ResourceKind kind, Resource resource, IReadOnlySet<string> existing) =>
        new(existing.Contains(resource.Name) ? ActionKind.Keep : ActionKind.Create, kind, resource);
}

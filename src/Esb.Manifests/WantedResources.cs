using Esb.Schema.Diagnostics;
using Esb.Schema.Resources;

namespace Esb.Manifests;

/// <summary>The tables and buckets that a manifest wants. Layers do not concern a store.</summary>
/// <param name="Tables">Each with its place in the manifest.</param>
/// <param name="Buckets">Each with its place in the manifest.</param>
internal sealed record WantedResources(
    IReadOnlyList<(Resource Written, WantedTable Table)> Tables,
    IReadOnlyList<(Resource Written, WantedBucket Bucket)> Buckets)
{
    public static WantedResources Read(ResourcesFile file, DiagnosticBag diagnostics)
    {
        var tables = new TableReader(diagnostics);
        var buckets = new BucketReader(diagnostics);
        return new WantedResources(
            [.. file.Tables.Select(t => (t, tables.Read(t)))], [.. file.Buckets.Select(b => (b, buckets.Read(b)))]);
    }
}

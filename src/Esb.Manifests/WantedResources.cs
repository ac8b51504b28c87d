using Esb.Schema.Diagnostics;
using Esb.Schema.Resources;

namespace Esb.Manifests;

/// <summary>What a manifest wants. Layers are no business of a store.</summary>
/// <param name="Tables">Each with the place where it is wanted.</param>
/// <param name="Buckets">Each with the place where it is wanted.</param>
internal sealed record WantedResources(IReadOnlyList<(Resource Written, WantedTable Table)> Tables, IReadOnlyList<(Resource Written, WantedBucket Bucket)> Buckets)
{
    public static WantedResources Read(ResourcesFile file, DiagnosticBag diagnostics)
    {
        var tables = new TableReader(diagnostics);
        var buckets = new BucketReader(diagnostics);
        return new WantedResources([.. file.Tables.Select(t => (t, tables.Read(t)))], [.. file.Buckets.Select(b => (b, buckets.Read(b)))]);
    }
}

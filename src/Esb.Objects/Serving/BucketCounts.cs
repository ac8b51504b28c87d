namespace Esb.Objects.Serving;

/// <summary>How much the buckets in a folder hold.</summary>
/// <param name="Buckets">The number of buckets.</param>
/// <param name="Objects">The number of objects, with all versions and delete markers.</param>
public readonly record struct BucketCounts(long Buckets, long Objects)
{
    /// <summary>Counts the files below a folder of buckets.</summary>
    public static BucketCounts Of(string buckets)
    {
        var (count, objects) = (0L, 0L);
        foreach (var bucket in Directory.EnumerateDirectories(buckets))
        {
            count++;
            objects += Count(Path.Combine(bucket, "objects")) + Count(Path.Combine(bucket, "versions"));
        }

        return new BucketCounts(count, objects);
    }

    private static long Count(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).LongCount() : 0;
}

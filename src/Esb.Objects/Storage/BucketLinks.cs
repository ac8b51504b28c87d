using Esb.Host.Files;

namespace Esb.Objects.Storage;

/// <summary>
/// Links all files of the buckets into another folder. A file of a bucket is never changed in place, only replaced, so
/// the links keep its content.
/// </summary>
internal static class BucketLinks
{
    /// <param name="buckets">The folder of the buckets, in which nothing changes meanwhile.</param>
    /// <param name="target">A folder that does not exist, on the same file system.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="IOException">A file cannot be linked.</exception>
    public static void Create(string buckets, string target, CancellationToken cancellation)
    {
        Directory.CreateDirectory(target);
        foreach (var entry in new DirectoryInfo(buckets).EnumerateFileSystemInfos())
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Path.Combine(target, entry.Name);
            if (entry is DirectoryInfo)
                Create(entry.FullName, path, cancellation);
            else
                HardLink.CreateOrCopy(entry.FullName, path);
        }
    }
}

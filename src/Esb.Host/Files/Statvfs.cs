using System.Runtime.InteropServices;

namespace Esb.Host.Files;

/// <summary>The room on a file system. Source: statvfs(3); the fields are 64 bits wide on all our architectures.</summary>
/// <param name="FreeBytes">What this user may still write.</param>
/// <param name="FreeFiles">How many files may still be made; null for a file system without such a bound.</param>
public readonly partial record struct Statvfs(long FreeBytes, long? FreeFiles)
{
    /// <summary>Of the file system that a path is on; null when the path is not there.</summary>
    public static Statvfs? Of(string path) => Call(path, out var found) == 0
        ? new Statvfs((long)(found.AvailableBlocks * found.BlockSize), found.Files == 0 ? null : (long)found.AvailableFiles)
        : null;

    [LibraryImport("libc", EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(string path, out Statistics statistics);

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Statistics
    {
        public ulong PreferredSize;
        public ulong BlockSize;
        public ulong Blocks;
        public ulong FreeBlocks;
        public ulong AvailableBlocks;
        public ulong Files;
        public ulong FreeFiles;
        public ulong AvailableFiles;
    }
}

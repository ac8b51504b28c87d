using System.Runtime.InteropServices;

namespace Esb.Host.Files;

/// <summary>
/// The free space of a file system. Source: statvfs(3); the fields have 64 bits on all our architectures.
/// </summary>
/// <param name="FreeBytes">How many bytes this user may still write.</param>
/// <param name="FreeFiles">How many files may still be created; null for a file system without such a limit.</param>
public readonly partial record struct Statvfs(long FreeBytes, long? FreeFiles)
{
    /// <summary>Reads the values for the file system of a path; null when the path does not exist.</summary>
    public static Statvfs? Of(string path) => Call(path, out var found) == 0
        ? new Statvfs(
            (long)(found.AvailableBlocks * found.BlockSize), found.Files == 0 ? null : (long)found.AvailableFiles)
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

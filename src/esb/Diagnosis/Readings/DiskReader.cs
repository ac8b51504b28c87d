using System.Runtime.InteropServices;
using Esb.Cli.Diagnosis.Checks;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Asks file systems for their room. Source: statvfs(3); the fields are 64 bits wide on all our architectures.</summary>
internal static partial class DiskReader
{
    public static IReadOnlyList<DiskReading> Read(Patient patient)
    {
        var settings = patient.Settings;
        return [.. Read("state", settings.State.Path), .. Read("configuration", patient.State?.ConfigDir ?? settings.ConfigFolder)];
    }

    // A folder that is not there yet will be made on the file system of the nearest one that is.
    private static IEnumerable<DiskReading> Read(string what, string folder)
    {
        var nearest = folder;
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent)
            nearest = parent;
        if (FileSystem(nearest, out var found) != 0)
            yield break;
        yield return new DiskReading(what, folder, (long)(found.AvailableBlocks * found.BlockSize), found.Files == 0 ? null : (long)found.AvailableFiles);
    }

    [LibraryImport("libc", EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileSystem(string path, out Statistics statistics);

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

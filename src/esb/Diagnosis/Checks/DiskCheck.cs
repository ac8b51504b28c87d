using System.Globalization;
using Esb.Host.Files;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>The free space of a folder's file system.</summary>
/// <param name="What">The purpose of the folder.</param>
/// <param name="Folder">Absolute.</param>
/// <param name="FreeBytes">The space that this user can still use.</param>
/// <param name="FreeFiles">How many files can still be created; null when the file system has no limit.</param>
internal sealed record DiskReading(string What, string Folder, long FreeBytes, long? FreeFiles);

/// <summary>Checks the free space of the disks.</summary>
internal static class DiskCheck
{
    private const string Name = "disk";
    private const long Tight = 1L << 30;
    private const long Full = 100L << 20;
    private const long TightFiles = 20_000;
    private const long FullFiles = 1_000;
    private const string Advice =
        "make room: du -sh shows what esb uses; old code is in its folders code and layers";

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static IEnumerable<Finding> Run(DiagnosedPlatform platform) =>
        Of(Reader.Read(platform));

    public static IEnumerable<Finding> Of(IEnumerable<DiskReading> disks) => disks.Select(Of);

    private static Finding Of(DiskReading disk)
    {
        var inodes = disk.FreeFiles is { } files ? FormattableString.Invariant($", {files:N0} inodes") : "";
        var text = $"{disk.What} {disk.Folder}: {Size(disk.FreeBytes)} free{inodes}";
        if (disk.FreeBytes < Full || disk.FreeFiles < FullFiles)
            return Finding.Fail(Name, text, $"deploys, logs and stores need room; {Advice}");
        return disk.FreeBytes < Tight || disk.FreeFiles < TightFiles
            ? Finding.Warn(Name, text, Advice)
            : Finding.Ok(Name, text);
    }

    internal static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0} MiB"),
    };

    /// <summary>Asks the file systems for their free space.</summary>
    private static class Reader
    {
        public static IReadOnlyList<DiskReading> Read(DiagnosedPlatform platform)
        {
            var settings = platform.Settings;
            return [
                .. Read("state", settings.State.Path),
                .. Read("configuration", platform.State?.ConfigDir ?? settings.ConfigFolder),
            ];
        }

        // A missing folder will be created on the file system of its nearest existing parent.
        private static IEnumerable<DiskReading> Read(string what, string folder)
        {
            var nearest = folder;
            while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent)
                nearest = parent;
            if (Statvfs.Of(nearest) is { } found)
                yield return new DiskReading(what, folder, found.FreeBytes, found.FreeFiles);
        }
    }
}

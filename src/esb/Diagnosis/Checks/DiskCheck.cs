using System.Globalization;
using Esb.Host.Files;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>The file system below one folder.</summary>
/// <param name="What">What the folder is for.</param>
/// <param name="Folder">Absolute.</param>
/// <param name="FreeBytes">That this user may still write.</param>
/// <param name="FreeFiles">How many files may still be made; null where the file system has no such bound.</param>
internal sealed record DiskReading(string What, string Folder, long FreeBytes, long? FreeFiles);

/// <summary>Room on the disks.</summary>
internal static class DiskCheck
{
    private const string Name = "disk";
    private const long Tight = 1L << 30;
    private const long Full = 100L << 20;
    private const long TightFiles = 20_000;
    private const long FullFiles = 1_000;
    private const string Advice = "make room: esb's own share is shown by du -sh, old code lies in its folders code and layers";

    /// <summary>Looks, and judges what it sees.</summary>
    public static IEnumerable<Finding> Run(Patient patient) =>
        Of(Reader.Read(patient));

    public static IEnumerable<Finding> Of(IEnumerable<DiskReading> disks) => disks.Select(Of);

    private static Finding Of(DiskReading disk)
    {
        var text = $"{disk.What} {disk.Folder}: {Size(disk.FreeBytes)} free{(disk.FreeFiles is { } files ? string.Create(CultureInfo.InvariantCulture, $", {files:N0} inodes") : "")}";
        if (disk.FreeBytes < Full || disk.FreeFiles < FullFiles)
            return Finding.Fail(Name, text, $"deploys, logs and stores need room; {Advice}");
        return disk.FreeBytes < Tight || disk.FreeFiles < TightFiles ? Finding.Warn(Name, text, Advice) : Finding.Ok(Name, text);
    }

    internal static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0} MiB"),
    };

    /// <summary>Asks file systems for their room.</summary>
    private static class Reader
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
            if (Statvfs.Of(nearest) is { } found)
                yield return new DiskReading(what, folder, found.FreeBytes, found.FreeFiles);
        }
    }
}

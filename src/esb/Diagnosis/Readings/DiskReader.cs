using Esb.Cli.Diagnosis.Checks;
using Esb.Host.Files;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Asks file systems for their room.</summary>
internal static class DiskReader
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

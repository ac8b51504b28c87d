using System.Globalization;

namespace Esb.Cli.Removing.Data;

/// <summary>The file names of snapshots: <c>2026-11-30T09-12-44Z-orders.tar.gz</c>.</summary>
internal static class SnapshotPath
{
    /// <summary>The suffix of a snapshot that is being written.</summary>
    public const string Unfinished = ".unfinished";

    private const string Ending = ".tar.gz";

    /// <returns>A path that does not exist.</returns>
    public static string New(string folder, IReadOnlyList<StoredName> names, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss'Z'", CultureInfo.InvariantCulture);
        var what = names.Count == 1 ? names[0].Name : $"{names[0].Name}-and-{names.Count - 1}-more";
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(folder, number == 1 ? $"{time}-{what}{Ending}" : $"{time}-{what}-{number}{Ending}");
            if (!Path.Exists(path) && !Path.Exists(path + Unfinished))
                return path;
        }
    }

    /// <summary>
    /// Removes unfinished files of killed commands. A file that is being written is locked by its writer.
    /// </summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, $"*{Ending}{Unfinished}").ToList())
        {
            try
            {
                using var file = new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(left);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another command is writing the file, or it belongs to another user.
            }
        }
    }
}

using System.Globalization;

namespace Esb.Host.Logs;

/// <summary>
/// A log and its older files: <c>a.log</c>, <c>a.log.1</c>, <c>a.log.2</c>; the highest number is the oldest. Files are
/// renamed and never copied and truncated, so that a reader continues with the same lines under the new name, and no
/// line is lost between copy and truncation.
/// </summary>
public static class LogRotation
{
    /// <summary>The name of an older file.</summary>
    /// <param name="path">The log.</param>
    /// <param name="age">1 for the youngest.</param>
    public static string Older(string path, int age) => string.Create(CultureInfo.InvariantCulture, $"{path}.{age}");

    /// <summary>All existing files of a log, the oldest first.</summary>
    public static IEnumerable<string> Files(string path)
    {
        var age = 1;
        while (File.Exists(Older(path, age)))
            age++;
        for (age--; age > 0; age--)
            yield return Older(path, age);
        if (File.Exists(path))
            yield return path;
    }

    /// <summary>Makes room for a new file: each file gets the next number, and the oldest one is removed.</summary>
    /// <exception cref="IOException">The rotation failed; nothing is lost that was to be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// This process may not change the folder; nothing is lost that was to be kept.
    /// </exception>
    public static void Rotate(string path, LogBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);

        // The limit may be lower than before.
        var last = bounds.MaxFiles;
        while (File.Exists(Older(path, last)))
            File.Delete(Older(path, last++));
        for (var age = bounds.MaxFiles - 1; age > 1; age--)
            Move(Older(path, age - 1), Older(path, age));
        if (bounds.MaxFiles > 1)
            Move(path, Older(path, 1));
        else
            File.Delete(path);
    }

    private static void Move(string from, string to)
    {
        if (File.Exists(from))
            File.Move(from, to, overwrite: true);
    }
}

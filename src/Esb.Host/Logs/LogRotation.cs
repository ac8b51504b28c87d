using System.Globalization;

namespace Esb.Host.Logs;

/// <summary>
/// A log and its older files: <c>a.log</c>, <c>a.log.1</c>, <c>a.log.2</c>, the highest number the oldest. Files are renamed, never copied
/// and cut: whoever reads one goes on reading the same lines under its new name, and no line falls between a copy and a cut.
/// </summary>
public static class LogRotation
{
    /// <summary>Name of an older file.</summary>
    /// <param name="path">The log.</param>
    /// <param name="age">1 for the youngest of them.</param>
    public static string Older(string path, int age) => string.Create(CultureInfo.InvariantCulture, $"{path}.{age}");

    /// <summary>All files of a log that are there, the oldest first.</summary>
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

    /// <summary>Makes room for a new file: each one gets the next number, what is too old goes.</summary>
    /// <exception cref="IOException">It could not be done; nothing is lost that was to be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Rotate(string path, LogBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);

        // Fewer files may be wanted than there were.
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

using System.Text;
using Esb.Host.Files;

namespace Esb.Cli.Processes;

/// <summary>The end of a log file.</summary>
internal static class LogLines
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>
    /// The last lines that were written after <paramref name="from"/>, up to a maximum; none when the file does not
    /// exist. A file that ends before that position was begun again, and is read from its start.
    /// </summary>
    public static IReadOnlyList<string> Last(string path, long from, int count)
    {
        if (!File.Exists(path))
            return [];
        using var file = OrdinaryFile.OpenShared(path);
        file.Seek(Math.Max(from > file.Length ? 0 : from, file.Length - MaxBytes), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)
            .TakeLast(count)];
    }
}

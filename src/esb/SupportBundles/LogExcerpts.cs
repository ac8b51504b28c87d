using System.Text;
using Esb.Host.Files;

namespace Esb.Cli.SupportBundles;

/// <summary>A log file.</summary>
internal sealed record LogFile(string Path, long Length, DateTimeOffset ChangedAt);

/// <summary>The ends of logs, within a size limit.</summary>
internal static class LogExcerpts
{
    // Each log gets at most one of this many parts of the space, so that one verbose function does not use all of it.
    private const int MaxParts = 4;

    /// <summary>
    /// The number of bytes for each log: logs that were written last come first, and one file gets at most a quarter.
    /// </summary>
    public static IReadOnlyList<(LogFile File, long Bytes)> Plan(IEnumerable<LogFile> files, long total)
    {
        var left = total;
        List<(LogFile, long)> plan = [];
        foreach (var file in files.OrderByDescending(file => file.ChangedAt)
            .ThenBy(file => file.Path, StringComparer.Ordinal))
        {
            var bytes = Math.Min(Math.Min(file.Length, Math.Max(total / MaxParts, 1)), left);
            if (bytes <= 0)
                continue;
            plan.Add((file, bytes));
            left -= bytes;
        }

        return plan;
    }

    /// <summary>Complete lines from the end of a file, since a cut line could begin within a secret.</summary>
    public static string Read(string path, long bytes)
    {
        using var file = OrdinaryFile.OpenShared(path);
        var start = Math.Max(file.Length - bytes, 0);
        // One byte before, to see whether a line begins here.
        file.Seek(Math.Max(start - 1, 0), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = reader.ReadToEnd();
        var begin = start == 0 ? 0 : text.IndexOf('\n', StringComparison.Ordinal) + 1;
        return start > 0 && begin == 0 ? "" : text[begin..];
    }
}

using System.Collections.Concurrent;

namespace Esb.Sam.Reading;

/// <summary>
/// Resolves every link in a path, as realpath(3) does. .NET resolves only the last segment, and the target of a link
/// may contain another link.
/// </summary>
internal sealed class RealPaths
{
    private const int MaxLinks = 40; // MAXSYMLINKS of Linux

    // Large templates name the same few folders in many functions.
    private readonly ConcurrentDictionary<string, string?> _targets = new(StringComparer.Ordinal);

    /// <param name="path">An absolute path. A segment that does not exist counts as no link.</param>
    /// <returns>Null when links form a cycle.</returns>
    public string? Of(string path)
    {
        var left = new Stack<string>();
        Push(left, path);
        var here = "/";
        var links = 0;
        while (left.TryPop(out var step))
        {
            if (step == "..")
            {
                here = Path.GetDirectoryName(here) ?? "/";
                continue;
            }

            var next = here == "/" ? here + step : $"{here}/{step}";
            if (TargetOf(next) is not { } target)
            {
                here = next;
                continue;
            }

            if (++links > MaxLinks)
                return null;
            Push(left, target);
            if (target.StartsWith('/'))
                here = "/";
        }

        return here;
    }

    private static void Push(Stack<string> left, string path)
    {
        foreach (var step in path.Split('/').Where(s => s is not ("" or ".")).Reverse())
            left.Push(step);
    }

    private string? TargetOf(string path)
    {
        if (_targets.TryGetValue(path, out var known))
            return known;
        try
        {
            known = new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A path that cannot be examined cannot be read either.
        }

        return _targets[path] = known;
    }
}

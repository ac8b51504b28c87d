namespace Esb.Sam.Resolving;

/// <summary>
/// Records which file included which. An include below the top of a file is read only when it is resolved, long after
/// the file itself, so a cycle is found in this record rather than on the stack.
/// </summary>
internal sealed class IncludedFiles
{
    private readonly Dictionary<string, List<string>> _included = new(StringComparer.Ordinal);

    /// <summary>Records an include. Returns the files of the cycle that it closes; null when it closes none.</summary>
    /// <param name="from">The file that includes.</param>
    /// <param name="file">The file that is included.</param>
    public string? FindCycle(string? from, string file)
    {
        if (from is null)
            return null;
        var (source, target) = (Path.GetFullPath(from), Path.GetFullPath(file));
        if (FindPath(target, source) is { } path)
            return string.Join(" → ", [.. path.Select(Path.GetFileName), Path.GetFileName(target)]);
        if (!_included.TryGetValue(source, out var targets))
            _included[source] = targets = [];
        if (!targets.Contains(target))
            targets.Add(target);
        return null;
    }

    // Breadth first, because templates may name a file often and chains may be long.
    private List<string>? FindPath(string start, string end)
    {
        var before = new Dictionary<string, string?>(StringComparer.Ordinal) { [start] = null };
        var next = new Queue<string>([start]);
        while (next.TryDequeue(out var file))
        {
            if (file == end)
                return PathTo(before, end);
            foreach (var other in _included.GetValueOrDefault(file) ?? [])
            {
                if (before.TryAdd(other, file))
                    next.Enqueue(other);
            }
        }

        return null;
    }

    private static List<string> PathTo(Dictionary<string, string?> before, string end)
    {
        List<string> path = [];
        for (var file = end; file is not null; file = before[file])
            path.Insert(0, file);
        return path;
    }
}

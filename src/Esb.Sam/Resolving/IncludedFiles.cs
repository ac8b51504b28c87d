namespace Esb.Sam.Resolving;

/// <summary>
/// Which file included which. What a file includes below its top is read only when it is resolved, long after the file itself, so that
/// a circle shows in what was included before and not on the stack.
/// </summary>
internal sealed class IncludedFiles
{
    private readonly Dictionary<string, List<string>> _included = new(StringComparer.Ordinal);

    /// <summary>Takes note of an include; the files of the circle that it closes, null when it closes none.</summary>
    /// <param name="from">The file that includes.</param>
    /// <param name="file">The file that is included.</param>
    public string? Circle(string? from, string file)
    {
        if (from is null)
            return null;
        var (source, target) = (Path.GetFullPath(from), Path.GetFullPath(file));
        if (Way(target, source) is { } way)
            return string.Join(" → ", [.. way.Select(Path.GetFileName), Path.GetFileName(target)]);
        if (!_included.TryGetValue(source, out var targets))
            _included[source] = targets = [];
        if (!targets.Contains(target))
            targets.Add(target);
        return null;
    }

    // Breadth first: templates may name a file often, and chains may be long.
    private List<string>? Way(string start, string end)
    {
        var before = new Dictionary<string, string?>(StringComparer.Ordinal) { [start] = null };
        var next = new Queue<string>([start]);
        while (next.TryDequeue(out var file))
        {
            if (file == end)
                return Back(before, end);
            foreach (var other in _included.GetValueOrDefault(file) ?? [])
            {
                if (before.TryAdd(other, file))
                    next.Enqueue(other);
            }
        }

        return null;
    }

    private static List<string> Back(Dictionary<string, string?> before, string end)
    {
        List<string> way = [];
        for (var file = end; file is not null; file = before[file])
            way.Insert(0, file);
        return way;
    }
}

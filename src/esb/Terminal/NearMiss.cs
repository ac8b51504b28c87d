namespace Esb.Cli.Terminal;

/// <summary>Suggestions for a misspelt name: names that differ by few letters.</summary>
internal static class NearMiss
{
    private const int MaxShown = 3;

    /// <summary>The nearest of the known names, the best first; empty when none is near.</summary>
    public static IReadOnlyList<string> Of(string given, IEnumerable<string> known)
    {
        var limit = Math.Max(1, given.Length / 3);
        return
        [
            .. known
                .Select(name => (Name: name, Distance: Nearness(given, name)))
                .Where(candidate => candidate.Distance <= limit)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(MaxShown)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>A question such as <c>did you mean 'a' or 'b'?</c>; null when no name is near.</summary>
    public static string? Question(string given, IEnumerable<string> known)
    {
        var near = Of(given, known);
        return near.Count == 0 ? null : $"did you mean {string.Join(" or ", near.Select(name => $"'{name}'"))}?";
    }

    // People abbreviate: a part of a name, or one of its words with a typo, counts as near.
    private static int Nearness(string given, string name)
    {
        if (given.Length >= 3 && name.Contains(given, StringComparison.OrdinalIgnoreCase))
            return 1;
        return name.Split('-', '_').Append(name).Min(part => Distance(given, part));
    }

    // Optimal string alignment: insertions, deletions, substitutions and swapped neighbours cost one each; case is
    // free.
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = Same(a[i - 1], b[j - 1]);
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            (before, previous) = (previous, current);
        }

        return previous[b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}

using System.Text.RegularExpressions;

namespace Esb.Architecture.Tests;

/// <summary>
/// Namespaces that need each other. A namespace needs another when one of its files imports it; what stands in a surrounding
/// namespace is seen without an import and does not count.
/// </summary>
internal static partial class NamespaceCircles
{
    /// <summary>One text for each circle: its members, in order.</summary>
    public static IEnumerable<string> In(IEnumerable<string> sources)
    {
        var needs = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (Namespace().Match(source) is not { Success: true } match)
                continue;
            var name = match.Groups[1].Value;
            needs.TryAdd(name, new HashSet<string>(StringComparer.Ordinal));
            needs[name].UnionWith(Import().Matches(source).Select(import => import.Groups[1].Value));
        }

        var reached = needs.Keys.ToDictionary(name => name, name => Reached(name, needs));
        return needs.Keys.Where(name => reached[name].Contains(name))
            .Select(name => string.Join(", ", reached[name].Where(other => reached[other].Contains(name)).Order(StringComparer.Ordinal)))
            .Distinct();
    }

    // Everything that can be reached in one step or more.
    private static HashSet<string> Reached(string from, Dictionary<string, HashSet<string>> needs)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(needs[from].Where(needs.ContainsKey));
        while (next.TryPop(out var name))
        {
            if (reached.Add(name))
                next.PushAll(needs[name].Where(needs.ContainsKey));
        }

        return reached;
    }

    private static void PushAll(this Stack<string> stack, IEnumerable<string> names)
    {
        foreach (var name in names)
            stack.Push(name);
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Import();
}

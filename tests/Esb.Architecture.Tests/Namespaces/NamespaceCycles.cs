namespace Esb.Architecture.Tests.Namespaces;

/// <summary>Namespaces that depend on each other, directly or through others.</summary>
internal static class NamespaceCycles
{
    /// <summary>One text for each cycle: its members, in order.</summary>
    /// <param name="needs">The namespaces that each namespace depends on.</param>
    public static IEnumerable<string> In(IReadOnlyDictionary<string, HashSet<string>> needs)
    {
        var reached = needs.Keys.ToDictionary(name => name, name => Reached(name, needs));
        return needs.Keys.Where(name => reached[name].Contains(name))
            .Select(name => reached[name].Where(other => reached[other].Contains(name)).Order(StringComparer.Ordinal))
            .Select(members => string.Join(", ", members))
            .Distinct();
    }

    // Everything that can be reached in one or more steps.
    private static HashSet<string> Reached(string from, IReadOnlyDictionary<string, HashSet<string>> needs)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(needs[from].Where(needs.ContainsKey));
        while (next.TryPop(out var name))
        {
            if (!reached.Add(name))
                continue;
            foreach (var other in needs[name].Where(needs.ContainsKey))
                next.Push(other);
        }

        return reached;
    }
}

namespace Esb.Tables.Expressions;

/// <summary>Checks that no two paths of an update or projection conflict.</summary>
internal static class PathConflicts
{
    /// <summary>The conflict between the paths, or null if there is none.</summary>
    public static string? Of(IReadOnlyList<AttributePath> paths)
    {
        string? conflict = null;
        for (var second = 1; second < paths.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                if (Problem(paths[first], paths[second]) is not { } problem)
                    continue;
                var text = $"Two document paths {problem} with each other; must remove or rewrite one of these paths; "
                    + $"path one: {paths[first]}, path two: {paths[second]}";
                if (problem == "overlap")
                    return text;
                conflict = text;
            }
        }
        return conflict;
    }

    // Two paths conflict if one is part of the other, or if they use the same value both as a map and as a list.
    private static string? Problem(AttributePath first, AttributePath second)
    {
        if (first.Root != second.Root)
            return null;
        for (var at = 0; at < first.Steps.Count && at < second.Steps.Count; at++)
        {
            if (first.Steps[at].GetType() != second.Steps[at].GetType())
                return "conflict";
            if (!first.Steps[at].Equals(second.Steps[at]))
                return null;
        }
        return "overlap";
    }
}

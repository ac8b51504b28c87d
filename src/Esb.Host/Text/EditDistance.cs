namespace Esb.Host.Text;

/// <summary>The distance between two names, for recognising misspellings.</summary>
public static class EditDistance
{
    /// <summary>
    /// The optimal string alignment distance: an insertion, a deletion, a substitution and a swap of neighbours cost
    /// one each. Case is ignored.
    /// </summary>
    public static int Between(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (a, b) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var before = new int[b.Length + 1];
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(
                    Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            (before, previous) = (previous, current);
        }

        return previous[b.Length];
    }

    /// <summary>Whether a name is probably a misspelling of another.</summary>
    public static bool IsNear(string name, string known)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Between(name, known) <= Math.Max(1, name.Length / 3);
    }
}

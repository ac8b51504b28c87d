using Esb.Host.Text;

namespace Esb.Sam.Receipts;

/// <summary>Suggestions for misspelt names.</summary>
public static class NearMiss
{
    /// <summary>The most similar of the known names, as help text; null when none is similar.</summary>
    public static string? Help(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var best = known
            .Where(k => EditDistance.IsNear(name, k))
            .OrderBy(k => EditDistance.Between(name, k))
            .ThenBy(k => k, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is null ? null : $"did you mean '{best}'?";
    }
}

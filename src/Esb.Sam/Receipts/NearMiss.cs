using Esb.Host.Text;

namespace Esb.Sam.Receipts;

/// <summary>What somebody may have meant.</summary>
public static class NearMiss
{
    /// <summary>The nearest of the known names, as help text; null when none is near.</summary>
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

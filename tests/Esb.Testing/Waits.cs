namespace Esb.Testing;

/// <summary>
/// How long tests wait. Every wait ends on a condition; this is when it gives up, long after the slowest machine has
/// come so far.
/// </summary>
public static class Waits
{
    /// <summary>The limit of every wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Cancelled when the patience is over.</summary>
    public static CancellationTokenSource Begin() => new(Longest);
}

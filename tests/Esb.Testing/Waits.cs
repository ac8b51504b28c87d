namespace Esb.Testing;

/// <summary>
/// How long tests wait. Every wait ends when its condition is true; it gives up long after the slowest machine would
/// have reached it.
/// </summary>
public static class Waits
{
    /// <summary>The limit of every wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>A token source that is cancelled after <see cref="Longest"/>.</summary>
    public static CancellationTokenSource Begin() => new(Longest);
}

namespace Esb.Cli.Removing.Code;

/// <summary>The options of a prune.</summary>
/// <param name="Keep">The number of revisions to keep, including the current one.</param>
/// <param name="Environment">Removes only code and images of this environment; null for all.</param>
/// <param name="LockTimeout">The longest wait for the lock.</param>
/// <param name="DryRun">Whether nothing is removed.</param>
internal sealed record PruneRequest(int Keep, string? Environment, TimeSpan LockTimeout, bool DryRun)
{
    /// <summary>The command as shown to waiting processes.</summary>
    public const string Purpose = "esb prune";
}

namespace Esb.Cli.Removing.Code;

/// <summary>What a prune was asked to do.</summary>
/// <param name="Keep">How many revisions stay, the current one among them.</param>
/// <param name="Environment">Only code and images of this one; null: of all.</param>
/// <param name="LockTimeout">How long others are waited for.</param>
/// <param name="DryRun">Removes nothing.</param>
internal sealed record PruneRequest(int Keep, string? Environment, TimeSpan LockTimeout, bool DryRun)
{
    /// <summary>What others read while they wait.</summary>
    public const string Purpose = "esb prune";
}

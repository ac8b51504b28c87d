using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// Asks the stores, before anything is written, what they cannot do of what a manifest says: what the provisioner would say as a warning while it runs is an error of a strict deploy.
/// </summary>
internal static class StrictStores
{
    private const string Warning = ": warning: ";

    /// <param name="provisioner">Null: there are no stores to ask.</param>
    /// <param name="folder">The configuration folder, locked.</param>
    /// <param name="prepared">The manifest, not in its place yet; null: the one that is there stays.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandFailure">There is something, or the stores do not answer; nothing was changed.</exception>
    public static async Task RequireAsync(IProvisioner? provisioner, string folder, string? prepared, CancellationToken cancellationToken)
    {
        if (provisioner is null)
            return;
        var output = await provisioner.RunAsync(folder, prepared ?? Path.Combine(folder, ConfigurationFiles.Resources), lookOnly: true, cancellationToken);
        List<string> warnings = [.. output.Warnings.Select(l => ": " + l).Where(l => l.Contains(Warning, StringComparison.Ordinal)).Select(l => l[(l.IndexOf(Warning, StringComparison.Ordinal) + Warning.Length)..])];
        if (warnings.Count == 0)
            return;
        var failure = CommandFailure.Environment("--strict: the stores of this platform do not have all that is said of tables and buckets; nothing was changed", "leave out --strict to deploy without it:");
        throw failure.WithDetails(warnings);
    }
}

using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// Checks before anything is written that the stores support everything in a manifest: a warning of the provisioner is
/// an error of a strict deploy.
/// </summary>
internal static class StrictStores
{
    private const string Warning = ": warning: ";

    /// <param name="provisioner">Null when there are no stores.</param>
    /// <param name="folder">The configuration folder, locked.</param>
    /// <param name="prepared">The manifest before it is put in place; null when it stays unchanged.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">Something is unsupported, or the stores do not answer; nothing was
    /// changed.</exception>
    public static async Task RequireAsync(
        IProvisioner? provisioner, string folder, string? prepared, CancellationToken cancellationToken)
    {
        if (provisioner is null)
            return;
        var output = await provisioner.RunAsync(
            folder, prepared ?? Path.Combine(folder, ConfigurationFiles.Resources), lookOnly: true, cancellationToken);
        List<string> warnings =
        [
            .. output.Warnings.Select(l => ": " + l).Where(l => l.Contains(Warning, StringComparison.Ordinal))
                .Select(l => l[(l.IndexOf(Warning, StringComparison.Ordinal) + Warning.Length)..]),
        ];
        if (warnings.Count == 0)
            return;
        var failure = CommandFailure.Environment(
            "--strict: the stores of this platform do not support all that is set for tables and buckets; "
                + "nothing was changed",
            "leave out --strict to deploy without it:");
        throw failure.WithDetails(warnings);
    }
}

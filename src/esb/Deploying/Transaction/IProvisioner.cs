using CliWrap;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>The output of one run of the provisioner.</summary>
/// <param name="Lines">What it did, one line each.</param>
/// <param name="Warnings">What it printed on standard error although it succeeded.</param>
internal sealed record ProvisionerOutput(IReadOnlyList<string> Lines, IReadOnlyList<string> Warnings);

/// <summary>
/// Runs the provisioner, which creates the tables and buckets of a manifest. A repeated run has the same result.
/// </summary>
internal interface IProvisioner
{
    /// <param name="folder">The configuration folder, whose <c>resources.yml</c> is the manifest.</param>
    /// <param name="manifest">The manifest's path.</param>
    /// <param name="lookOnly">
    /// Whether to change nothing, and only print what a run would do and what it could not do.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">The provisioner could not be started, or it ended with an error.</exception>
    Task<ProvisionerOutput> RunAsync(
        string folder, string manifest, bool lookOnly, CancellationToken cancellationToken);

    /// <summary>Saves, deletes or restores the content of tables and buckets.</summary>
    /// <param name="arguments">
    /// The arguments that the provisioner's own <c>--help</c> lists, such as <c>snapshot --table orders</c>.
    /// </param>
    /// <param name="input">A snapshot for a command that reads one; <see cref="HeldOpenInput"/> for a command that
    /// changes a store.</param>
    /// <param name="output">Receives the snapshot of a command that makes one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Its output: one line for each table and bucket.</returns>
    /// <exception cref="CommandFailure">The provisioner could not be started, or it ended with an error.</exception>
    Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<string> arguments, PipeSource input, PipeTarget output, CancellationToken cancellationToken);
}

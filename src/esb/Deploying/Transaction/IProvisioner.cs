using CliWrap;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What one run of the provisioner said.</summary>
/// <param name="Lines">What it did, a line each.</param>
/// <param name="Warnings">What it printed on standard error although it succeeded.</param>
internal sealed record ProvisionerOutput(IReadOnlyList<string> Lines, IReadOnlyList<string> Warnings);

/// <summary>Runs the provisioner: one run makes the tables and buckets of a manifest, again and again with the same result.</summary>
internal interface IProvisioner
{
    /// <param name="folder">The configuration folder, whose <c>resources.yml</c> is the manifest.</param>
    /// <param name="manifest">The manifest's path.</param>
    /// <param name="lookOnly">Nothing is made; it says what it would do, and what it could not.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandFailure">It could not be started, or ended with an error.</exception>
    Task<ProvisionerOutput> RunAsync(string folder, string manifest, bool lookOnly, CancellationToken cancellationToken);

    /// <summary>Saves, deletes or puts back what tables and buckets hold.</summary>
    /// <param name="arguments">As the provisioner's own <c>--help</c> has them, e.g. <c>snapshot --table orders</c>.</param>
    /// <param name="input">A snapshot, for the commands that read one; <see cref="HeldOpenInput"/> for one that changes a store.</param>
    /// <param name="output">Takes a snapshot, from the command that makes one.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What it said, a line for each table and bucket.</returns>
    /// <exception cref="CommandFailure">It could not be started, or ended with an error.</exception>
    Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> arguments, PipeSource input, PipeTarget output, CancellationToken cancellationToken);
}

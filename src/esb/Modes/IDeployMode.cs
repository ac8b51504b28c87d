using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Modes;

/// <summary>
/// What differs between <c>--mode process</c>, <c>docker</c> and <c>containerd</c>: what functions run from, and where the platform
/// is. Everything else of a deploy is the same for all.
/// </summary>
internal interface IDeployMode
{
    /// <summary>The folder that is written, the provisioner that makes tables and buckets, the gateway that is waited for.</summary>
    DeployTarget Target { get; }

    /// <summary>
    /// Makes what the functions of the templates run from, so that it lies ready before anything shared is touched. For a dry run
    /// (<see cref="DeployRequest.DryRun"/>) makes nothing and says what it would be.
    /// </summary>
    /// <param name="templates">In the order in which they were named.</param>
    /// <param name="progress">Shows what takes its time.</param>
    /// <param name="diagnostics">Takes what is wrong; an error ends the deploy with nothing changed.</param>
    /// <param name="cancellationToken">Stops it; nothing unfinished is left.</param>
    /// <returns>For each template its functions; to be used only when <paramref name="diagnostics"/> has no errors.</returns>
    Task<IReadOnlyList<IReadOnlyList<BuiltFunction>>> BuildAsync(
        IReadOnlyList<ReadTemplate> templates, BuildProgress progress, DiagnosticBag diagnostics, CancellationToken cancellationToken);

    /// <exception cref="CommandFailure">What the mode needs is not here.</exception>
    static IDeployMode Of(DeployRequest request, PlatformSettings settings, TimeProvider time) =>
        request.Mode.UsesContainers
            ? new ContainerMode(request, settings, time)
            : new ProcessMode(request, settings, time);
}

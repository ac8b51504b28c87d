using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Modes;

/// <summary>
/// What differs between <c>--mode process</c>, <c>docker</c> and <c>containerd</c>: what functions run from, and where
/// the platform is. Everything else of a deploy is the same.
/// </summary>
internal interface IDeployMode
{
    /// <summary>The folder to write, the provisioner, and the gateway to wait for.</summary>
    DeployTarget Target { get; }

    /// <summary>
    /// Builds the code or images of the functions before anything shared is changed. A dry run
    /// (<see cref="DeployRequest.DryRun"/>) only computes what they would be.
    /// </summary>
    /// <param name="templates">The templates, in the order of the command line.</param>
    /// <param name="progress">Shows slow steps.</param>
    /// <param name="diagnostics">Receives the errors; an error ends the deploy with nothing changed.</param>
    /// <param name="cancellationToken">Cancels it; nothing unfinished is left.</param>
    /// <returns>The functions of each template; valid only when <paramref name="diagnostics"/> has no errors.</returns>
    Task<IReadOnlyList<IReadOnlyList<BuiltFunction>>> BuildAsync(
        IReadOnlyList<ReadTemplate> templates,
        BuildProgress progress,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken);

    /// <exception cref="CommandFailure">Something that the mode needs is missing.</exception>
    static IDeployMode Of(DeployRequest request, PlatformSettings settings, TimeProvider time) =>
        request.Mode.UsesContainers
            ? new ContainerMode(request, settings, time)
            : new ProcessMode(request, settings, time);
}

using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying;

/// <summary>The input of a deploy, before anything is built.</summary>
/// <param name="Incoming">The documents; their code paths cannot be used yet.</param>
/// <param name="Notes">Properties that are ignored or approximated.</param>
internal sealed record DeployOutline(IncomingConfiguration Incoming, TemplateNotes Notes);

/// <summary>The input of a deploy, with code and images built.</summary>
/// <param name="Incoming">The documents to merge.</param>
/// <param name="Functions">The functions, built or reused.</param>
internal sealed record BuiltConfiguration(IncomingConfiguration Incoming, IReadOnlyList<BuiltFunction> Functions);

/// <summary>The source of a deploy: templates, or a bundle that was made from templates elsewhere.</summary>
internal interface IDeploySource
{
    /// <summary>The platform that it is deployed to.</summary>
    DeployTarget Target { get; }

    /// <summary>
    /// The exit code for errors in the source: a usage error for templates, which people write; a failure for a bundle,
    /// which is then damaged.
    /// </summary>
    int ErrorExitCode { get; }

    /// <returns>Null when there are errors, which are in the diagnostics.</returns>
    DeployOutline? Read(DiagnosticBag diagnostics);

    /// <summary>
    /// Builds the code and images of the functions without changing anything shared. A dry run only computes their
    /// paths. Called after <see cref="Read"/>.
    /// </summary>
    /// <returns>Null when there are errors, which are in the diagnostics.</returns>
    Task<BuiltConfiguration?> BuildAsync(
        BuildProgress progress, DiagnosticBag diagnostics, CancellationToken cancellationToken);
}

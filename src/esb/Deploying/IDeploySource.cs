using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying;

/// <summary>What a deploy brings, before anything is built.</summary>
/// <param name="Incoming">The documents; places of code are not to be used yet.</param>
/// <param name="Notes">What is not as its author wrote it.</param>
internal sealed record DeployOutline(IncomingConfiguration Incoming, TemplateNotes Notes);

/// <summary>What a deploy brings, with code and images lying ready.</summary>
/// <param name="Incoming">The documents to merge.</param>
/// <param name="Functions">What was built and what was there.</param>
internal sealed record BuiltConfiguration(IncomingConfiguration Incoming, IReadOnlyList<BuiltFunction> Functions);

/// <summary>Where a deploy comes from: templates, or a bundle that was made from them elsewhere.</summary>
internal interface IDeploySource
{
    /// <summary>Where it goes.</summary>
    DeployTarget Target { get; }

    /// <summary>The exit code when what it says is wrong: a template is written by people, a bundle by <c>esb</c>, and then it is damaged.</summary>
    int ExitCodeWhenWrong { get; }

    /// <returns>Null when something is wrong; the diagnostics say what.</returns>
    DeployOutline? Read(DiagnosticBag diagnostics);

    /// <summary>Makes what functions run from lie ready, so that nothing shared is touched before; for a dry run only says where it would be. Called after <see cref="Read"/>.</summary>
    /// <returns>Null when something is wrong; the diagnostics say what.</returns>
    Task<BuiltConfiguration?> BuildAsync(BuildProgress progress, DiagnosticBag diagnostics, CancellationToken cancellationToken);
}

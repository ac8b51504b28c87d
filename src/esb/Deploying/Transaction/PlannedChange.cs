using Esb.Cli.Deploying.Revisions;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>A plan, and the origin of its revision.</summary>
internal sealed record PlannedChange(DeployPlan Plan, RevisionOrigin Origin);

/// <summary>
/// Makes a plan from the content of the folder once the lock is held. An error in the diagnostics ends the transaction
/// with nothing changed.
/// </summary>
internal delegate Task<PlannedChange?> Planning(
    string folder, DiagnosticBag diagnostics, CancellationToken cancellationToken);

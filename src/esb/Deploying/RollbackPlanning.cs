using Esb.Cli.Deploying.Modes;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Serving;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;

namespace Esb.Cli.Deploying;

/// <summary>Makes the plan of a rollback: chooses the revision, checks it as a gateway would, and that everything it names is still there.</summary>
internal sealed class RollbackPlanning(RollbackRequest request, IKeptCode code)
{
    /// <summary>The revision that the plan goes back to.</summary>
    public Revision? Target { get; private set; }

    /// <summary>A <see cref="Planning"/>.</summary>
    /// <exception cref="CommandFailure">There is no such revision, or what it names is gone.</exception>
    public async Task<PlannedChange?> PlanAsync(string folder, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var all = new RevisionStore(folder).All();
        var target = request.Revision is { } number ? RevisionChoice.Named(all, number) : RevisionChoice.Previous(all, all is [.., var latest] && !latest.IsWhatStandsIn(folder));
        if (request.Environment is { } environment)
            RevisionChoice.RequireOnly(environment, all, target);
        if (ConfigurationFolder.Read(target.Folder, diagnostics) is not { } after)
            return null;
        // What stands there now may be damaged: that is a reason to go back, and no reason not to.
        var start = await StartingPoints.ForReplacementAsync(ConfigurationFolder.ReadDamaged(folder, []), code.Target, cancellationToken);
        var plan = StatePlan.Between(start.Existing, after) with { Start = start };
        await RequireCodeAsync(target, after, cancellationToken);
        Target = target;
        return new PlannedChange(plan, new RevisionOrigin(RevisionKind.Rollback, request.Purpose) { Of = target.Number, Environment = request.Environment });
    }

    private async Task RequireCodeAsync(Revision target, ConfigurationFolder after, CancellationToken cancellationToken)
    {
        var missing = await code.RequireAsync(FunctionsFile.Read(after.Functions.Document, []).Functions, request.DryRun, cancellationToken);
        if (missing.Count == 0)
            return;
        throw new CommandFailure(
            ExitCode.Failure,
            [.. missing.Select(m => new Diagnostic(
                Severity.Error, DiagnosticCodes.FileAccess, $"function '{m.Function}' of revision {target.Number}: {m.What}", Help: "deploy its template again, or go back to another revision"))])
        {
            Details = ["nothing was changed"],
        };
    }
}

using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Modes;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;

namespace Esb.Cli.Deploying;

/// <summary>
/// Plans a rollback: chooses the revision, checks it as a gateway does, and checks that everything it names still
/// exists.
/// </summary>
internal sealed class RollbackPlanning(RollbackRequest request, ICodeAvailability code)
{
    /// <summary>The revision that the plan goes back to.</summary>
    public Revision? Target { get; private set; }

    /// <summary>Plans the rollback, as a <see cref="Planning"/>.</summary>
    /// <exception cref="CommandFailure">There is no such revision, or code that it names is missing.</exception>
    public async Task<PlannedChange?> PlanAsync(
        string folder, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var all = new RevisionStore(folder).All();
        var target = request.Revision is { } number
            ? RevisionChoice.Named(all, number)
            : RevisionChoice.Previous(all, all is [.., var latest] && !latest.IsEqualTo(folder));
        if (request.Environment is { } environment)
            RevisionChoice.RequireOnly(environment, all, target);
        if (ConfigurationFolder.Read(target.Folder, diagnostics) is not { } after)
            return null;
        RevisionChoice.RequireUnchanged(target);
        // The current files may be damaged; that is a reason for a rollback and must not prevent it.
        var start = await StartingPoints.ForReplacementAsync(
            ConfigurationFolder.ReadDamaged(folder, []), code.Target, cancellationToken);
        var doubts = await RequireCodeAsync(target, after, start.Existing, cancellationToken);
        var plan = StatePlan.Between(start.Existing, after);
        plan = plan with { Start = start, Doubts = [.. plan.Doubts, .. doubts] };
        Target = target;
        var origin = new RevisionOrigin(RevisionKind.Rollback, request.Purpose)
        {
            Of = target.Number,
            Environment = request.Environment,
        };
        return new PlannedChange(plan, origin);
    }

    // A rollback may be urgent, so changed code only causes a warning if it is served already. Code that is not served
    // now must be unchanged.
    private async Task<IReadOnlyList<Diagnostic>> RequireCodeAsync(
        Revision target, ConfigurationFolder after, ConfigurationFolder before, CancellationToken cancellationToken)
    {
        var unusable = await code.FindUnusableAsync(
            FunctionsFile.Read(after.Functions.Document, []).Functions, request.DryRun, cancellationToken);
        var served = FunctionsFile.Read(before.Functions.Document, []).Functions.Values
            .SelectMany(FolderAvailability.Named)
            .ToHashSet(StringComparer.Ordinal);
        var (warned, refused) = (
            unusable.Where(u => u.Changed is { } path && served.Contains(path)),
            unusable.Where(u => u.Changed is not { } path || !served.Contains(path)).ToList());
        if (refused.Count == 0)
        {
            const string stageAgain = "it is already served; deploy its template again, which stages it again";
            return [.. warned.Select(u => Message(Severity.Warning, target, u, stageAgain))];
        }

        const string advice = "deploy its template again, or go back to another revision";
        throw new CommandFailure(ExitCode.Failure, [.. refused.Select(u => Message(Severity.Error, target, u, advice))])
        {
            Details = ["nothing was changed"],
        };
    }

    private static Diagnostic Message(Severity severity, Revision target, UnusableCode code, string help) =>
        new(
            severity,
            DiagnosticCodes.FileAccess,
            $"function '{code.Function}' of revision {target.Number}: {code.Problem}",
            Help: help);
}

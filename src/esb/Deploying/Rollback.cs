using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Modes;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying;

/// <summary>Restores the three files of a revision.</summary>
internal sealed class Rollback(RollbackRequest request, PlatformSettings settings, Screen screen, TimeProvider time)
{
    /// <exception cref="CommandFailure">The command failed; nothing was changed.</exception>
    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var code = ICodeAvailability.Of(settings);
        var planning = new RollbackPlanning(request, code);
        var change = new StateChange(request, code.Target, settings, screen, time);
        return change.ReportErrorsAsync(
            () => request.DryRun
                ? PreviewAsync(change, planning, cancellationToken)
                : RunAsync(code.Target, change, planning, cancellationToken), cancellationToken);
    }

    private async Task<int> PreviewAsync(
        StateChange change, RollbackPlanning planning, CancellationToken cancellationToken)
    {
        if (await change.PlanAsync(planning.PlanAsync, cancellationToken) is not { } plan)
            return ExitCode.Failure;
        change.Show(plan);
        change.Text.Line(plan.Writes
            ? $"Dry run: nothing was changed. Going back to revision {planning.Target!.Number}, "
            + $"configuration would be {plan.Hash}."
            : $"Dry run: nothing to do, revision {planning.Target!.Number} is the content of the files.");
        change.PrintJson(plan, null, to: planning.Target!.Number);
        return request.ExitCodeShowsChanges && plan.Writes ? ExitCode.Changes : ExitCode.Done;
    }

    private async Task<int> RunAsync(
        DeployTarget target, StateChange change, RollbackPlanning planning, CancellationToken cancellationToken)
    {
        RevisionChoice.RequireAny(new RevisionStore(target.Folder).All());
        change.RequireWritable();
        // The code that the revision names must not be removed between the check and the end of the rollback.
        using var use = await StagedCodeUse.ShareAsync(settings.State, screen, request.LockTimeout, cancellationToken);
        var (result, confirmation) = await change.WriteAsync(
            planning.PlanAsync,
            "esb rollback again",
            (r, state, took) => Done(planning.Target!, r, state, took),
            cancellationToken);
        change.PrintJson(result.Plan, result.Revision, to: planning.Target!.Number);
        return confirmation is NotServed ? ExitCode.Failure : ExitCode.Done;
    }

    private static string Done(Revision to, TransactionResult result, string state, string took) =>
        result.Revision is { } revision
            ? $"Back to revision {to.Number} in {took}, configuration {result.Plan.Hash} is {state} as revision "
            + $"{revision}. esb rollback undoes it."
            : $"Nothing to do, revision {to.Number} is the content of the files; configuration {result.Plan.Hash} is "
                + $"{state}.";
}

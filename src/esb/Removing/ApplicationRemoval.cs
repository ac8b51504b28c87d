using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Modes;
using Esb.Cli.Removing.Data;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Removing;

/// <summary>
/// Removes an application, a function or a route from the three files. Running requests finish. Tables and buckets are
/// no longer named; their data stays, unless its deletion is requested by name.
/// </summary>
internal sealed class ApplicationRemoval(
    RemovalRequest request, PlatformSettings settings, Screen screen, Func<string, string?> ask, TimeProvider time)
{
    /// <exception cref="CommandFailure">The command failed; nothing was changed.</exception>
    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var target = ICodeAvailability.Of(settings).Target;
        var change = new StateChange(request, target, settings, screen, time);
        return change.ReportErrorsAsync(() => RunAsync(target, change, cancellationToken), cancellationToken);
    }

    private async Task<int> RunAsync(DeployTarget target, StateChange change, CancellationToken cancellationToken)
    {
        var planning = new RemovalPlanning(request, target);
        var names = DataNames.Of(request, target.Folder);
        var data = names.Count == 0 ? null : new DataDeletion(names, target, settings.State, change.Text, time);
        if (data is not null)
            await data.RequireThereAsync(cancellationToken);
        if (request.DryRun || !request.Yes)
        {
            if (await change.PlanAsync(planning.PlanAsync, cancellationToken) is not { } plan)
                return ExitCode.Failure;
            change.Show(plan, [
                .. names.Select(n => new SummaryLine("data", $"{n} deleted with everything in it, after a snapshot")),
            ]);
            if (request.DryRun)
                return Preview(change, plan);
            if (!IsConfirmed(names))
            {
                screen.Note("Nothing was changed.");
                return ExitCode.Failure;
            }
        }

        return await RemoveAsync(change, planning, data, cancellationToken);
    }

    // The name of a table or bucket must be typed again, even after the removal was confirmed.
    private bool IsConfirmed(IReadOnlyList<StoredName> names)
    {
        if (request.Wanted.Select(w => w.Name).ToList() is [var first, .. var more]
            && !Question.IsYes(ask($"Remove {first}{(more.Count > 0 ? $" and {more.Count} more" : "")}? [y/N] ")))
            return false;
        return names.All(n => ask($"Everything in {n} will be deleted. Type its name to continue: ") == n.Name);
    }

    private int Preview(StateChange change, DeployPlan plan)
    {
        change.Text.Line($"Dry run: nothing was changed. Configuration would be {plan.Hash}.");
        change.PrintJson(plan, null);
        return request.ExitCodeShowsChanges ? ExitCode.Changes : ExitCode.Done;
    }

    private async Task<int> RemoveAsync(
        StateChange change, RemovalPlanning planning, DataDeletion? data, CancellationToken cancellationToken)
    {
        StateOutcome? outcome = null;
        if (request.Wanted.Any())
            outcome = await change.WriteAsync(planning.PlanAsync, "esb deploy what is left", Done, cancellationToken);
        else
            change.RequireWritable();
        // A gateway that still serves what was removed still needs its data.
        var isServed = outcome?.Confirmation is NotServed;
        var snapshot =
            data is null || isServed ? null : await data.RunAsync(change.Lock(change.Watch()), cancellationToken);
        if (isServed && data is not null)
            screen.Warn(
                "the gateway did not accept it, so no data was deleted",
                "esb remove --delete-data does that once it has");
        if (outcome is { Transaction: var result })
            change.PrintJson(result.Plan, result.Revision, snapshot: snapshot);
        return isServed ? ExitCode.Failure : ExitCode.Done;
    }

    private static string Done(TransactionResult result, string state, string took) =>
        $"Removed in {took}, configuration {result.Plan.Hash} is {state} as revision {result.Revision}. "
            + "esb rollback undoes it.";
}

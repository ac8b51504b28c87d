using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Reports;

/// <summary>What a rollback tells, in the words of a deploy.</summary>
/// <param name="to">Where it goes back to.</param>
/// <param name="target">Where it writes.</param>
/// <param name="verbose">Every change, however many.</param>
/// <param name="screen">Where to.</param>
internal sealed class RollbackSummary(Revision to, DeployTarget target, bool verbose, Screen screen)
{
    public void Preview(DeployPlan plan)
    {
        foreach (var line in PreviewTable.Lines(plan, verbose, screen.Traits.Width))
            screen.Line(line);
        SayClosed(plan);
        screen.Line(plan.Writes
            ? $"Dry run: nothing was changed. Going back to revision {to.Number}, configuration would be {plan.Hash}."
            : $"Dry run: nothing to do, revision {to.Number} is what stands in the files.");
    }

    /// <summary>What the transaction did.</summary>
    public void Done(TransactionResult result, SummaryLine? waited)
    {
        ReplacementLines.Say(result, waited, "esb rollback again", verbose, screen);
        SayClosed(result.Plan);
    }

    /// <summary>How it ended.</summary>
    public void End(TransactionResult result, Confirmation? confirmation, TimeSpan took)
    {
        if (ServingReport.Refused(screen, target, result.Plan.Hash, confirmation))
            return;
        var state = confirmation is Live ? "live" : "written";
        screen.Line(result.Revision is { } revision
            ? $"Back to revision {to.Number} in {Spans.Waited(took)}, configuration {result.Plan.Hash} is {state} as revision {revision}. esb rollback undoes it."
            : $"Nothing to do, revision {to.Number} is what stands in the files; configuration {result.Plan.Hash} is {state}.");
        ServingReport.Warn(screen, target, confirmation);
    }

    private void SayClosed(DeployPlan plan)
    {
        foreach (var warning in Closings.Warnings(plan.Closed))
            screen.Report(warning);
    }
}

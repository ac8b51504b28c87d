using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Schema.Merging;

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
        screen.Line(plan.Writes
            ? $"Dry run: nothing was changed. Going back to revision {to.Number}, configuration would be {plan.Hash}."
            : $"Dry run: nothing to do, revision {to.Number} is what stands in the files.");
    }

    /// <summary>What the transaction did.</summary>
    public void Done(TransactionResult result, SummaryLine? waited)
    {
        foreach (var warning in result.Provisioned?.Warnings ?? [])
            screen.Note(warning);
        if (waited is not null)
            screen.Line(waited.ToString());
        var made = StoreLines.Of(result.Provisioned?.Lines ?? [], verbose);
        foreach (var line in ChangeLines.Of(result.Plan, made, verbose))
            screen.Line(line.ToString());
        var stay = result.Plan.Resources.Changes.Where(c => c.Kind == ChangeKind.Removed && PreviewTable.IsStored(c)).ToList();
        if (stay.Count > 0)
            screen.Line(new SummaryLine("stores", $"{string.Join(", ", stay.Select(c => $"{c.Section} {c.Key}"))} not named any more; what is stored there stays").ToString());
        foreach (var file in result.Plan.Updates.Where(u => u.Writes && u.Changes.Count == 0))
            screen.Line(new SummaryLine("text", StartingReport.From(result.Plan, file.Name) is { } from ? $"{file.Name}: not in the folder, and the same as {from}" : $"{file.Name}: comments, order or spaces").ToString());
        if (result.Provisioned is null && result.Plan.HasResources)
            screen.Warn("no platform runs, so no table and no bucket was made", "esb up, then esb rollback again");
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
}

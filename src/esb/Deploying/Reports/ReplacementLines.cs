using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary>What was changed by a command that brings the three files into another state, things that go among it.</summary>
internal static class ReplacementLines
{
    /// <param name="result">What the transaction did.</param>
    /// <param name="waited">How long it waited for others; null: not at all.</param>
    /// <param name="again">What to do once a platform runs.</param>
    /// <param name="verbose">Every change, however many.</param>
    /// <param name="screen">Where to.</param>
    public static void Say(TransactionResult result, SummaryLine? waited, string again, bool verbose, Screen screen)
    {
        foreach (var warning in result.Provisioned?.Warnings ?? [])
            screen.Note(warning);
        if (waited is not null)
            screen.Line(waited.ToString());
        var made = StoreLines.Of(result.Provisioned?.Lines ?? [], verbose);
        foreach (var line in ChangeLines.Of(result.Plan, made, verbose))
            screen.Line(line.ToString());
        if (Stay(result.Plan) is { } stay)
            screen.Line(stay.ToString());
        foreach (var file in result.Plan.Updates.Where(u => u.Writes && u.Changes.Count == 0))
            screen.Line(new SummaryLine("text", StartingReport.From(result.Plan, file.Name) is { } from ? $"{file.Name}: not in the folder, and the same as {from}" : $"{file.Name}: comments, order or spaces").ToString());
        if (result.Provisioned is null && result.Plan.HasResources)
            screen.Warn("no platform runs, so no table and no bucket was made", $"esb up, then {again}");
    }

    /// <summary>The tables and buckets that are not named any more; null when there are none.</summary>
    public static SummaryLine? Stay(DeployPlan plan)
    {
        var stay = plan.Resources.Changes.Where(c => c.Kind == ChangeKind.Removed && PreviewTable.IsStored(c)).ToList();
        return stay.Count == 0 ? null : new SummaryLine("stores", $"{string.Join(", ", stay.Select(c => $"{c.Section} {c.Key}"))} not named any more; what is stored there stays");
    }
}

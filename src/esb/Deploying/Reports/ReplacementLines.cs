using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The changes by a rollback or a removal, removed entries included.</summary>
internal static class ReplacementLines
{
    /// <param name="result">The result of the transaction.</param>
    /// <param name="waited">The wait for the lock; null when there was none.</param>
    /// <param name="again">The command to repeat once a platform runs.</param>
    /// <param name="verbose">Whether to print every change.</param>
    /// <param name="screen">The screen to print on.</param>
    public static void Print(TransactionResult result, SummaryLine? waited, string again, bool verbose, Screen screen)
    {
        foreach (var warning in result.Provisioned?.Warnings ?? [])
            screen.Note(warning);
        if (waited is not null)
            screen.Line(waited.ToString());
        var made = StoreLines.Of(result.Provisioned?.Lines ?? [], verbose);
        foreach (var line in ChangeLines.Of(result.Plan, made, verbose))
            screen.Line(line.ToString());
        if (KeptStores(result.Plan) is { } stay)
            screen.Line(stay.ToString());
        foreach (var file in result.Plan.Updates.Where(u => u.Writes && u.Changes.Count == 0))
            screen.Line(new SummaryLine("text", StartingReport.From(result.Plan, file.Name) is { } from
                ? $"{file.Name}: not in the folder, and the same as {from}"
                : $"{file.Name}: comments, order or spaces").ToString());
        if (result.Provisioned is null && result.Plan.HasResources)
            screen.Warn("no platform is running, so no table or bucket was created", $"esb up, then {again}");
    }

    /// <summary>The tables and buckets that are no longer named; null when there are none.</summary>
    public static SummaryLine? KeptStores(DeployPlan plan)
    {
        var stay = plan.Resources.Changes.Where(c => c.Kind == ChangeKind.Removed && PreviewTable.IsStored(c)).ToList();
        return stay.Count == 0
            ? null
            : new SummaryLine("stores", $"{string.Join(", ", stay.Select(c => $"{c.Section} {c.Key}"))} no longer "
                + "named; what is stored there stays");
    }
}

using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Schema.Files;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The table of a dry run: each change of each file, and each changed value of a replaced entry.</summary>
internal static class PreviewTable
{
    /// <summary>Further differences of an entry are only counted, unless all are requested.</summary>
    private const int MaxDifferences = 4;

    private static readonly string[] Header = ["", "FILE", "KEY", "CHANGE"];

    /// <summary>The lines of the table; none when nothing changes.</summary>
    public static IReadOnlyList<string> Lines(DeployPlan plan, bool all, int width)
    {
        List<string[]> rows = [];
        List<int> whole = [];
        foreach (var file in plan.Updates)
        {
            foreach (var change in file.Changes.Where(c => c.Kind != ChangeKind.Unchanged || c.NotTaken is not null))
            {
                rows.Add([
                    ChangeLines.Mark(change.Kind), file.Name, $"{change.Section} {change.Key}",
                    What(plan, change, all, out var least),
                ]);
                whole.Add(least);
            }

            if (!file.Writes || !file.Changes.All(c => c.Kind == ChangeKind.Unchanged))
                continue;
            whole.Add(0);
            rows.Add([
                ChangeLines.Mark(ChangeKind.Replaced), file.Name, "", StartingReport.From(plan, file.Name) is { } from
                    ? $"not in the folder; from {from}"
                    : "the same, written differently: comments, order or spaces",
            ]);
        }

        return rows.Count == 0 ? [] : TextTable.Lines(Header, rows, all ? int.MaxValue : width, [0, .. whole]);
    }

    /// <summary>One line about entries of the templates that are unchanged; null when there are none.</summary>
    public static string? Unchanged(DeployPlan plan)
    {
        var count = plan.Updates.Sum(f => f.Changes.Count(c => c.Kind == ChangeKind.Unchanged));
        return count == 0 ? null : $"{count:N0} unchanged";
    }

    /// <summary>Whether the entry has stored data, which no deploy removes.</summary>
    public static bool IsStored(Change change) => change.Section is "table" or "bucket";

    // The previous owner is never cut off, however narrow the screen is.
    private static string What(DeployPlan plan, Change change, bool all, out int least)
    {
        var text = What(plan, change, all);
        least = 0;
        if (Takeover.Of(change) is not { } taken)
            return text;
        var owner = $"was {TakeoverLines.OwnerText(plan.Origins, taken.From)}";
        if (change.Section != "route")
            text = text.Length == 0 ? owner : $"{owner}; {text}";
        else if (RouteTargets.Difference(plan, change) is null)
            text = $"{text}{RouteTargets.Taken(plan, change)}";
        least = text.IndexOf(owner, StringComparison.Ordinal) + owner.Length;
        return text;
    }

    private static string What(DeployPlan plan, Change change, bool all)
    {
        if (change.NotTaken is not null)
            return Difference.NotTaken(change, plan.Concealed);
        if (change.Section == "route" && RouteTargets.Difference(plan, change) is { } difference)
            return difference + RouteTargets.Taken(plan, change);
        if (change.Kind == ChangeKind.Added)
            return "added";
        if (change.Kind == ChangeKind.Removed)
            return IsStored(change) ? $"no longer named; the {change.Section} itself stays" : "removed";
        // The new owner is not shown, since it is the application that is deployed.
        var isTaken = Takeover.Of(change) is not null;
        List<Difference> differences =
            [.. Difference.Of(change, plan.Concealed).Where(d => !isTaken || d.Path != ApplicationName.Key)];
        if (differences.Count == 0)
            return isTaken ? "" : "order of keys";
        var shown = all ? differences.Count : Math.Min(differences.Count, MaxDifferences);
        var text = string.Join(", ", differences.Take(shown));
        return shown == differences.Count ? text : $"{text} and {differences.Count - shown} more: --verbose";
    }
}

using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Reports;

/// <summary>
/// Messages about missing files: where their content came from, and what is still lost.
/// </summary>
internal static class StartingReport
{
    private const int MaxNames = 10;

    /// <summary>One line for each place where content was found.</summary>
    public static IReadOnlyList<SummaryLine> Lines(DeployPlan plan) =>
    [
        .. from file in Found(plan)
           group file.Name by file.From into names
           let text = $"{string.Join(", ", names)}, missing or empty in the folder: from {names.Key}"
           select new SummaryLine("kept", text),
    ];

    /// <summary>The place where the content of a file came from; null when it was in the folder.</summary>
    public static string? From(DeployPlan plan, string file) => Found(plan).FirstOrDefault(f => f.Name == file)?.From;

    /// <summary>Warns about what is lost.</summary>
    public static void Warn(DeployPlan plan, Screen screen)
    {
        var lost = Lost(plan);
        if (lost.Count == 0)
            return;
        var more = lost.Count > MaxNames ? $" and {lost.Count - MaxNames} more" : "";
        screen.Warn(
            $"served until now, and gone with this deploy: {string.Join(", ", lost.Take(MaxNames))}{more}",
            "it is in no file, and --allow-loss gives it up; esb history may have it");
    }

    /// <returns>Null when no file was missing.</returns>
    public static IReadOnlyList<KeptFileOutput>? Kept(DeployPlan plan) =>
        Found(plan) is { Count: > 0 } found ? [.. found.Select(f => new KeptFileOutput(f.Name, f.From))] : null;

    /// <summary>What was served and no longer is, except for what the deploy itself names.</summary>
    public static IReadOnlyList<string> Lost(DeployPlan plan)
    {
        var named = plan.Updates.SelectMany(u => u.Changes).Select(c => $"{c.Section} {c.Key}");
        return [.. (plan.Start?.Lost ?? []).Except(named)];
    }

    private static IReadOnlyList<FoundFile> Found(DeployPlan plan) => plan.Start?.Found ?? [];
}

using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary>What a plan changes, as people read it. Pure: the same plan gives the same lines.</summary>
internal static class ChangeLines
{
    private const string Separator = "   ";

    /// <summary>More routes than this are counted, unless all are asked for.</summary>
    public const int MostRoutes = 20;

    /// <param name="plan">What is written.</param>
    /// <param name="made">What the provisioner did; null when it did not run.</param>
    /// <param name="all">Every route, however many.</param>
    public static IReadOnlyList<SummaryLine> Of(DeployPlan plan, IReadOnlyList<SummaryLine>? made, bool all) =>
    [
        .. Stores(plan, made, "table", "tables"),
        .. Stores(plan, made, "bucket", "buckets"),
        .. made?.Where(l => l.Label is not ("tables" or "buckets")) ?? [],
        .. WithTaken(plan.Resources, plan.Origins, "layer", "layers", [.. Names(plan.Resources, "layer", "layers")]),
        .. WithTaken(plan.Functions, plan.Origins, "function", "functions", [.. Names(plan.Functions, "function", "functions")]),
        .. Names(plan.Functions, "default", "defaults"),
        .. Routes(plan, all),
        .. Overlaps.Lines(plan.Overlaps).Select(text => new SummaryLine("", text)),
        .. Names(plan.Routing, "API key", "keys"),
    ];

    public static string Mark(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "+",
        ChangeKind.Replaced => "~",
        ChangeKind.Removed => "-",
        _ => "=",
    };

    private static IEnumerable<SummaryLine> Names(FileUpdate file, string section, string label)
    {
        // A default that stays although the template says something else is told beside what changes.
        var changes = file.Changes.Where(c => c.Section == section && (section == "route" || Takeover.Of(c) is null) && (section != "default" || c.Kind != ChangeKind.Unchanged || c.NotTaken is not null)).ToList();
        // Tables and defaults that stay as they are say nothing to anybody; a function that stays keeps its workers.
        if (changes.Count > 0 && (section is "function" or "default" || changes.Exists(c => c.Kind != ChangeKind.Unchanged)))
            yield return new SummaryLine(label, string.Join(Separator, changes.Select(c => $"{Mark(c.Kind)} {c.Key}{(c.NotTaken is null ? "" : " stays")}")));
    }

    private static IEnumerable<SummaryLine> Stores(DeployPlan plan, IReadOnlyList<SummaryLine>? made, string section, string label) =>
        WithTaken(plan.Resources, plan.Origins, section, label, made is null ? [.. Names(plan.Resources, section, label)] : [.. made.Where(l => l.Label == label)]);

    // One a line: whose it was is worth reading.
    private static IEnumerable<SummaryLine> WithTaken(FileUpdate file, IReadOnlyDictionary<string, string> origins, string section, string label, IReadOnlyList<SummaryLine> others) =>
    [
        .. others,
        .. file.Changes.Where(c => c.Section == section).Select(Takeover.Of).OfType<Takeover>().Select((taken, i) =>
            new SummaryLine(i == 0 && others.Count == 0 ? label : "", $"{Mark(taken.Change.Kind)} {taken.Change.Key}{Separator}was {TakeoverLines.Whose(origins, taken.From)}")),
    ];

    private static IEnumerable<SummaryLine> Routes(DeployPlan plan, bool all)
    {
        var changed = plan.Routing.Changes.Where(c => c.Section == "route" && c.Kind != ChangeKind.Unchanged).ToList();
        var shown = all ? changed.Count : Math.Min(changed.Count, MostRoutes);
        var width = changed.Take(shown).Select(c => c.Key.Length).DefaultIfEmpty().Max();
        for (var i = 0; i < shown; i++)
            yield return new SummaryLine(i == 0 ? "routes" : "", Route(plan, changed[i], width));
        if (shown < changed.Count)
            yield return new SummaryLine("", $"and {changed.Count - shown} more: --verbose");
    }

    private static string Route(DeployPlan plan, Change change, int width) =>
        $"{Mark(change.Kind)} {change.Key.PadRight(width)}{Separator}{RouteTargets.Difference(plan, change) ?? $"→ {RouteTargets.After(plan, change)}, changed"}{RouteTargets.Taken(plan, change)}";
}

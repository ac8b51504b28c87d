using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The changes of a plan as lines for people. A pure function of the plan.</summary>
internal static class ChangeLines
{
    private const string Separator = "   ";

    /// <summary>Further routes are only counted, unless all are requested.</summary>
    public const int MaxRoutes = 20;

    /// <param name="plan">The plan that is written.</param>
    /// <param name="made">The provisioner's lines; null when it did not run.</param>
    /// <param name="all">Whether to show every route.</param>
    public static IReadOnlyList<SummaryLine> Of(DeployPlan plan, IReadOnlyList<SummaryLine>? made, bool all) =>
    [
        .. Stores(plan, made, "table", "tables"),
        .. Stores(plan, made, "bucket", "buckets"),
        .. made?.Where(l => l.Label is not ("tables" or "buckets")) ?? [],
        .. WithTaken(plan.Resources, plan.Origins, "layer", "layers", [.. Names(plan.Resources, "layer", "layers")]),
        .. WithTaken(
            plan.Functions, plan.Origins, "function", "functions", [.. Names(plan.Functions, "function", "functions")]),
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
        // A default that stays although the template has another value is reported with the changes.
        var changes = file.Changes.Where(c => c.Section == section
            && (section == "route" || Takeover.Of(c) is null)
            && (section != "default" || c.Kind != ChangeKind.Unchanged || c.NotTaken is not null)).ToList();
        // Unchanged tables and defaults are of no interest; an unchanged function keeps its workers.
        if (changes.Count > 0
            && (section is "function" or "default" || changes.Exists(c => c.Kind != ChangeKind.Unchanged)))
            yield return new SummaryLine(label, string.Join(
                Separator, changes.Select(c => $"{Mark(c.Kind)} {c.Key}{(c.NotTaken is null ? "" : " stays")}")));
    }

    private static IEnumerable<SummaryLine> Stores(
        DeployPlan plan, IReadOnlyList<SummaryLine>? made, string section, string label) =>
        WithTaken(plan.Resources, plan.Origins, section, label, made is null
            ? [.. Names(plan.Resources, section, label)]
            : [.. made.Where(l => l.Label == label)]);

    // Adds the takeovers, one per line, each with the previous owner.
    private static IEnumerable<SummaryLine> WithTaken(
        FileUpdate file,
        IReadOnlyDictionary<string, string> origins,
        string section,
        string label,
        IReadOnlyList<SummaryLine> others) =>
    [
        .. others,
        .. file.Changes.Where(c => c.Section == section).Select(Takeover.Of).OfType<Takeover>().Select((taken, i) =>
            new SummaryLine(i == 0 && others.Count == 0 ? label : "", $"{Mark(taken.Change.Kind)} "
                + $"{taken.Change.Key}{Separator}was {TakeoverLines.OwnerText(origins, taken.From)}")),
    ];

    private static IEnumerable<SummaryLine> Routes(DeployPlan plan, bool all)
    {
        var changed = plan.Routing.Changes.Where(c => c.Section == "route" && c.Kind != ChangeKind.Unchanged).ToList();
        var shown = all ? changed.Count : Math.Min(changed.Count, MaxRoutes);
        var width = changed.Take(shown).Select(c => c.Key.Length).DefaultIfEmpty().Max();
        for (var i = 0; i < shown; i++)
            yield return new SummaryLine(i == 0 ? "routes" : "", Route(plan, changed[i], width));
        if (shown < changed.Count)
            yield return new SummaryLine("", $"and {changed.Count - shown} more: --verbose");
    }

    private static string Route(DeployPlan plan, Change change, int width)
    {
        var target = RouteTargets.Difference(plan, change) ?? $"→ {RouteTargets.After(plan, change)}, changed";
        return $"{Mark(change.Kind)} {change.Key.PadRight(width)}{Separator}{target}{RouteTargets.Taken(plan, change)}";
    }
}

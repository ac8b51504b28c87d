using Esb.Provisioner.Converging;

namespace Esb.Provisioner.Output;

/// <summary>
/// One line for each resource, in columns: <c>table orders updated + index by-day</c>. `esb deploy` parses these lines
/// too.
/// </summary>
internal static class ReportLines
{
    public static IEnumerable<string> Of(IReadOnlyList<ResourceReport> reports, bool isPlan)
    {
        var names = reports.Select(r => r.Name.Length).DefaultIfEmpty().Max();
        var words = reports.Select(r => Word(r.Outcome, isPlan).Length).DefaultIfEmpty().Max();
        foreach (var report in reports)
        {
            var changes = report.Outcome == Outcome.Created && report.Changes is [var only]
                ? ""
                : string.Join(", ", report.Changes.Skip(report.Outcome == Outcome.Created ? 1 : 0).Select(c => c.Text));
            var word = Word(report.Outcome, isPlan).PadRight(words);
            yield return $"{report.Noun,-6}  {report.Name.PadRight(names)}  {word}  {changes}".TrimEnd();
        }
    }

    /// <summary>The summary of a plan.</summary>
    public static string Sum(IReadOnlyList<ResourceReport> reports)
    {
        int Count(Outcome outcome) => reports.Count(r => r.Outcome == outcome);
        var refused = Count(Outcome.Refused);
        return $"Plan: {Count(Outcome.Created)} to create, {Count(Outcome.Updated)} to update, "
            + $"{Count(Outcome.Unchanged)} unchanged{(refused > 0 ? $", {refused} refused" : "")}. "
            + "Nothing was changed.";
    }

    private static string Word(Outcome outcome, bool isPlan) => outcome switch
    {
        Outcome.Created => isPlan ? "create" : "created",
        Outcome.Updated => isPlan ? "update" : "updated",
        Outcome.Refused => "refused",
        Outcome.Failed => "failed",
        _ => "unchanged",
    };
}

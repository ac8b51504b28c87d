using Esb.Cli.Templates;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The summary line <c>build</c>: which functions are unchanged, and how long the others took.</summary>
internal static class BuildSummary
{
    private const int MaxNames = 12;

    /// <summary>Null when there are no functions.</summary>
    public static SummaryLine? Of(IReadOnlyList<BuiltFunction> functions)
    {
        if (functions.Count == 0)
            return null;
        if (functions.Count > MaxNames)
        {
            var made = functions.Count(f => !f.Reused);
            return new SummaryLine("build", $"{made:N0} built, {functions.Count - made:N0} unchanged");
        }

        return new SummaryLine(
            "build",
            string.Join(
                " · ", functions.Select(f => $"{f.Name} {(f.Reused ? "unchanged" : DurationText.Waited(f.Took))}")));
    }
}

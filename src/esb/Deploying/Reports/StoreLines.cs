using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Reports;

/// <summary>
/// The provisioner's lines, such as <c>table   orders  created</c>, as lines of the summary: <c>tables  orders
/// created</c>. Lines about unchanged stores are left out; a line of another form is shown unchanged.
/// </summary>
internal static class StoreLines
{
    private const string Separator = " · ";

    private static readonly string[] NothingDone = ["unchanged", "exists", "ready"];

    public static IReadOnlyList<SummaryLine> Of(IReadOnlyList<string> output, bool all) =>
    [
        .. output
            .Select(Read)
            .Where(l => l.Text.Length > 0
                && (all || !NothingDone.Any(n => l.Text.EndsWith(n, StringComparison.Ordinal))))
            .GroupBy(l => l.Label)
            .Select(g => new SummaryLine(g.Key, string.Join(Separator, g.Select(l => l.Text)))),
    ];

    private static SummaryLine Read(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["table", .. var rest] => new SummaryLine("tables", string.Join(' ', rest)),
        ["bucket", .. var rest] => new SummaryLine("buckets", string.Join(' ', rest)),
        var words => new SummaryLine("stores", string.Join(' ', words)),
    };
}

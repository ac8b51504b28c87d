using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying;

/// <summary>The differences between a revision and either another revision or the current files.</summary>
/// <param name="From">The first revision.</param>
/// <param name="To">The second revision; null for the current files.</param>
/// <param name="Before">The configuration hash of <paramref name="From"/>.</param>
/// <param name="Plan">The changes from the first to the second.</param>
internal sealed record Comparison(int From, int? To, string Before, DeployPlan Plan)
{
    /// <summary>Files that are missing in the folder although the latest revision has them.</summary>
    public IReadOnlyList<string> Vanished { get; private init; } = [];

    /// <summary>Compared revisions of which a file was changed since they were made.</summary>
    public IReadOnlyList<Revision> Altered { get; private init; } = [];

    /// <param name="folder">The configuration folder.</param>
    /// <param name="from">The first revision.</param>
    /// <param name="to">The second revision; null for the current files.</param>
    /// <exception cref="CommandFailure">There is no such revision, or a file is damaged.</exception>
    public static Comparison Of(string folder, int from, int? to)
    {
        var all = new RevisionStore(folder).All();
        var first = RevisionChoice.Named(all, from);
        var second = to is { } number ? RevisionChoice.Named(all, number) : null;
        var before = Read(first.Folder);
        var after = Read(second?.Folder ?? folder);
        return new Comparison(from, to, before.Hash, StatePlan.Between(before, after))
        {
            Altered = [.. new[] { first, second }.OfType<Revision>().Where(r => r.IsChanged)],
            Vanished = to is null ? [.. after.Missing.Where(name => all[^1].Bytes(name).Length > 0)] : [],
        };
    }

    /// <summary>Each change as in a dry run of a deploy, and a last line with counts.</summary>
    public IReadOnlyList<string> Lines(bool all, int width)
    {
        var to = To is { } number ? $"revision {number}" : "the content of the files";
        if (!Plan.Writes)
            return [$"No difference between revision {From} and {to} ({Plan.Hash})."];
        var counts = ChangeCount.Text(ChangeCount.Of(Plan.Updates.SelectMany(u => u.Changes)));
        var last = $"From revision {From} ({Before}) to {to} ({Plan.Hash}): {counts}.";
        return [.. PreviewTable.Lines(Plan, all, width), last];
    }

    public ComparisonOutput ToOutput() => new(
        From: new ComparedOutput(Revision: From, Configuration: Before),
        To: new ComparedOutput(Revision: To, Configuration: Plan.Hash),
        Changed: Plan.Writes,
        Changes: ChangeOutputs.Changes(Plan),
        Closed: ChangeOutputs.Closed(Plan),
        Overlaps: ChangeOutputs.Overlaps(Plan));

    private static ConfigurationFolder Read(string folder)
    {
        var damaged = new DiagnosticBag();
        var state = ConfigurationFolder.ReadDamaged(folder, damaged);
        return damaged.HasErrors ? throw new CommandFailure(ExitCode.Failure, [.. damaged]) : state;
    }
}

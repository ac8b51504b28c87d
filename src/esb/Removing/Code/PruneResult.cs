using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Documents;
using Esb.Cli.Terminal;

namespace Esb.Cli.Removing.Code;

/// <summary>A removed item, or one that would be removed.</summary>
/// <param name="Name">A path, or an image's reference.</param>
/// <param name="Bytes">The space in bytes that nothing else shares.</param>
internal sealed record Removed(string Name, long Bytes);

/// <summary>The result of a prune or of its dry run.</summary>
/// <param name="Folder">The configuration folder.</param>
/// <param name="DryRun">Whether nothing was removed.</param>
/// <param name="Kept">The number of revisions that stay.</param>
internal sealed record PruneResult(string Folder, bool DryRun, int Kept)
{
    private const int MaxNames = 10;

    public IReadOnlyList<Revision> Revisions { get; init; } = [];

    public long RevisionBytes { get; init; }

    public IReadOnlyList<Removed> Code { get; init; } = [];

    public IReadOnlyList<Removed> Images { get; init; } = [];

    /// <summary>Images that the engine did not remove, with the reason.</summary>
    public IReadOnlyList<(string Reference, string Reason)> InUse { get; init; } = [];

    private long Bytes => RevisionBytes + Code.Sum(c => c.Bytes) + Images.Sum(i => i.Bytes);

    public IReadOnlyList<string> Lines()
    {
        List<string> lines = [];
        if (Revisions.Count > 0)
            lines.Add(new SummaryLine("revisions", $"{Numbers()} {Sizes.Of(RevisionBytes)}, {Kept} kept").ToString());
        lines.AddRange(Names("code", Code));
        lines.AddRange(Names("images", Images));
        lines.AddRange(InUse.Select(i => new SummaryLine("in use", $"{i.Reference} stays: {i.Reason}").ToString()));
        if (Revisions.Count + Code.Count + Images.Count == 0)
            lines.Add($"Nothing to remove; {Kept} {(Kept == 1 ? "revision" : "revisions")} kept.");
        else
            lines.Add(Freed());
        return lines;
    }

    public PruneOutput ToOutput() => new(
        ConfigDir: Folder,
        DryRun: DryRun,
        Revisions: [.. Revisions.Select(r => r.Number)],
        Code: [.. Code.Select(c => new RemovedFolderOutput(c.Name, c.Bytes))],
        Images: [.. Images.Select(i => new RemovedImageOutput(i.Name, i.Bytes))],
        KeptRevisions: Kept,
        FreedBytes: Bytes);

    private string Freed()
    {
        var verb = DryRun ? "Dry run: nothing was removed. It would free" : "Freed";
        return $"{verb} {Bytes:N0} bytes{(Bytes >= 1000 ? $" ({Sizes.Of(Bytes)})" : "")}.";
    }

    private string Numbers() => Revisions.Count == 1
        ? $"- {Revisions[0].Number}"
        : $"- {Revisions[0].Number} to {Revisions[^1].Number}";

    private static IEnumerable<string> Names(string label, IReadOnlyList<Removed> removed)
    {
        for (var i = 0; i < Math.Min(removed.Count, MaxNames); i++)
        {
            var text = $"- {removed[i].Name} {Sizes.Of(removed[i].Bytes)}";
            yield return new SummaryLine(i == 0 ? label : "", text).ToString();
        }

        if (removed.Count > MaxNames)
            yield return new SummaryLine("", $"and {removed.Count - MaxNames:N0} more: --json").ToString();
    }
}

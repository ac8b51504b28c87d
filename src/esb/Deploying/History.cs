using System.Globalization;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Terminal;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying;

/// <summary>The revisions of a configuration folder, and its current content.</summary>
/// <param name="Folder">The configuration folder.</param>
/// <param name="Revisions">Oldest first.</param>
/// <param name="Edited">A note about the current files if they differ from the latest revision; otherwise null.</param>
internal sealed record History(string Folder, IReadOnlyList<Revision> Revisions, RevisionNote? Edited)
{
    private static readonly string[] Header =
        ["", "REV", "WHEN", "COMMAND", "ENV", "APPLICATION", "CONFIGURATION", "CHANGES"];

    public static History Read(string folder)
    {
        var revisions = new RevisionStore(folder).All();
        var latest = revisions.Count > 0 ? revisions[^1] : null;
        if (latest?.IsEqualTo(folder) == true)
            return new History(folder, revisions, null);
        var now = ConfigurationFolder.ReadDamaged(folder, []);
        if (latest is null && now.Contents.Values.All(b => b.Length == 0))
            return new History(folder, revisions, null);
        var before = latest is null ? ConfigurationFolder.Empty : ConfigurationFolder.ReadDamaged(latest.Folder, []);
        var counts = ChangeCount.Of(StatePlan.Between(before, now).Updates.SelectMany(u => u.Changes));
        var found = new RevisionOrigin(RevisionKind.Found, "");
        return new History(folder, revisions, RevisionNote.Made(found, LastWrite(folder), now.Hash, counts));
    }

    /// <summary>A table, newest first, with the current revision marked.</summary>
    /// <param name="application">Shows only deploys and removals of this application; null for all.</param>
    /// <param name="width">The width of the screen.</param>
    public IReadOnlyList<string> Lines(string? application, int width)
    {
        List<string[]> rows = [];
        if (Edited is not null && application is null)
        {
            var since = Revisions.Count > 0
                ? $"edited since revision {Revisions[^1].Number}"
                : "not deployed since revisions have been kept";
            rows.Add(Row("*", "-", Edited, since));
        }

        foreach (var revision in Shown(application))
            rows.Add(Row(IsCurrent(revision) ? "*" : "", Text(revision.Number), revision.Note, Command(revision.Note)));
        return rows.Count == 0 ? [] : TextTable.Lines(Header, rows, width);
    }

    /// <summary>The revisions, newest first.</summary>
    /// <param name="application">Shows only deploys and removals of this application; null for all.</param>
    public HistoryOutput ToOutput(string? application) => new(
        ConfigDir: Folder,
        Edited: Edited is not null,
        Revisions: [.. Shown(application).Select(Output)]);

    private RevisionOutput Output(Revision revision) => new(
        Revision: revision.Number,
        Current: IsCurrent(revision),
        Folder: revision.Folder,
        Time: revision.Note.Time,
        Kind: revision.Note.Kind,
        Command: revision.Note.Command,
        Templates: revision.Note.Templates,
        Environment: revision.Note.Environment,
        Of: revision.Note.Of,
        Configuration: revision.Note.Configuration,
        Changes: revision.Note.Changes,
        Applications: revision.Note.Applications,
        By: revision.Note.By);

    private IEnumerable<Revision> Shown(string? application) =>
        Revisions.Reverse().Where(r => application is null || r.Note.Applications?.Contains(application) == true);

    private bool IsCurrent(Revision revision) => Edited is null && revision == Revisions[^1];

    private static string[] Row(string mark, string number, RevisionNote note, string command) =>
    [
        mark,
        number,
        note.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        command,
        note.Environment ?? "",
        string.Join(' ', note.Applications ?? []),
        note.Configuration,
        ChangeCount.Text(note.Changes),
    ];

    private static string Command(RevisionNote note) => note.Kind switch
    {
        RevisionKind.Found => "found: edited by hand, baked in, or a deploy was killed",
        RevisionKind.Unknown => "its revision.json cannot be read",
        RevisionKind.Rollback when note.Of is { } to => $"esb rollback {to}",
        _ => note.Command,
    };

    private static DateTime LastWrite(string folder) =>
        ConfigurationFiles.Names.Select(n => Path.Combine(folder, n)).Where(File.Exists)
            .Select(File.GetLastWriteTimeUtc).DefaultIfEmpty(DateTime.UtcNow).Max();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

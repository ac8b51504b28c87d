using System.Globalization;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>
/// The revisions of a configuration folder: <c>.revisions/NUMBER/</c> inside of it, each with the three files and a note, none of them ever changed. A folder with a number is
/// whole: it is made beside its final place and renamed. Reading needs no lock, writing that of the folder.
/// </summary>
/// <param name="folder">The configuration folder.</param>
internal sealed class RevisionStore(string folder)
{
    public const string FolderName = ConfigurationFiles.Revisions;

    /// <summary>How many are kept when nobody says.</summary>
    public const int UsualCount = 20;

    private const string Unfinished = ".unfinished-";

    public string Root { get; } = Path.Combine(folder, FolderName);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Revision> All()
    {
        if (!Presence.IsFolder(Root))
            return [];
        var numbered = Directory.EnumerateDirectories(Root).Select(f => (Number: NumberOf(Path.GetFileName(f)), Folder: f)).Where(f => f.Number > 0);
        return [.. numbered.OrderBy(f => f.Number).Select(f => new Revision(f.Number, f.Folder, RevisionNote.Read(f.Folder)))];
    }

    /// <returns>Null when there is none of that number.</returns>
    public Revision? Find(int number) => All().FirstOrDefault(r => r.Number == number);

    /// <summary>Writes a revision to the disk that is not one yet.</summary>
    /// <param name="number">Not given before.</param>
    /// <param name="files">By name; empty ones are left out.</param>
    /// <param name="note">How it came to be.</param>
    /// <exception cref="IOException">It could not be done; nothing is left.</exception>
    public PendingRevision Prepare(int number, IReadOnlyDictionary<string, byte[]> files, RevisionNote note)
    {
        var isFirst = !Presence.IsFolder(Root);
        try
        {
            if (isFirst)
            {
                Directory.CreateDirectory(Root);
                Fsync.Folder(folder);
            }

            OwnerAndMode.CopyToFolder(folder, Root);
            return PendingRevision.Write(Root, NewName(), number, folder, files, note);
        }
        catch when (isFirst)
        {
            RemoveRoot();
            throw;
        }
    }

    /// <summary>Removes revisions, the oldest first, until so many are left.</summary>
    /// <returns>Those that were, or with <paramref name="dryRun"/> would be, removed.</returns>
    public IReadOnlyList<Revision> Trim(int keep, bool dryRun = false)
    {
        List<Revision> beyond = [.. All().SkipLast(keep)];
        foreach (var revision in dryRun ? [] : beyond)
        {
            // In one step first: a revision is whole or is not there.
            var doomed = Path.Combine(Root, NewName());
            Directory.Move(revision.Folder, doomed);
            Directory.Delete(doomed, recursive: true);
        }

        return beyond;
    }

    /// <summary>Removes what was killed before it was finished. Only for who holds the lock.</summary>
    public void RemoveLeftovers()
    {
        if (!Presence.IsFolder(Root))
            return;
        foreach (var leftover in Directory.EnumerateDirectories(Root, Unfinished + "*"))
            Directory.Delete(leftover, recursive: true);
    }

    private void RemoveRoot()
    {
        try
        {
            Directory.Delete(Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty folder does no harm.
        }
    }

    private static int NumberOf(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string NewName() => $"{Unfinished}{Environment.ProcessId}-{Guid.NewGuid():N}";
}

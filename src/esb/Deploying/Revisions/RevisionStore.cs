using System.Globalization;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>
/// The revisions of a configuration folder: <c>.revisions/NUMBER/</c> inside it, each with the three files and a note,
/// never changed. A folder with a number is complete: it is written under another name and renamed. Reading needs no
/// lock; writing needs the lock of the folder.
/// </summary>
/// <param name="folder">The configuration folder.</param>
internal sealed class RevisionStore(string folder)
{
    public const string FolderName = ConfigurationFiles.Revisions;

    /// <summary>The default number of revisions to keep.</summary>
    public const int DefaultCount = 20;

    private const string Unfinished = ".unfinished-";

    public string Root { get; } = Path.Combine(folder, FolderName);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Revision> All()
    {
        if (!ExistenceCheck.IsFolder(Root))
            return [];
        var numbered = Directory.EnumerateDirectories(Root)
            .Select(f => (Number: NumberOf(Path.GetFileName(f)), Folder: f))
            .Where(f => f.Number > 0);
        return [.. numbered.OrderBy(f => f.Number)
            .Select(f => new Revision(f.Number, f.Folder, RevisionNote.Read(f.Folder)))];
    }

    /// <returns>Null when no revision has that number.</returns>
    public Revision? Find(int number) => All().FirstOrDefault(r => r.Number == number);

    /// <summary>Writes a revision to the disk without publishing it.</summary>
    /// <param name="number">A number that was never used.</param>
    /// <param name="files">The files, by name; empty ones are left out.</param>
    /// <param name="note">The note about its origin.</param>
    /// <exception cref="IOException">The revision could not be written; nothing is left behind.</exception>
    public PendingRevision Prepare(int number, IReadOnlyDictionary<string, byte[]> files, RevisionNote note)
    {
        var isFirst = !ExistenceCheck.IsFolder(Root);
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

    /// <summary>Removes the oldest revisions until <paramref name="keep"/> are left.</summary>
    /// <returns>The revisions that are, or with <paramref name="dryRun"/> would be, removed.</returns>
    public IReadOnlyList<Revision> Trim(int keep, bool dryRun = false)
    {
        List<Revision> beyond = [.. All().SkipLast(keep)];
        foreach (var revision in dryRun ? [] : beyond)
        {
            // The folder is renamed first, in one step, so that a revision is either complete or absent.
            var renamed = Path.Combine(Root, NewName());
            Directory.Move(revision.Folder, renamed);
            Directory.Delete(renamed, recursive: true);
        }

        return beyond;
    }

    /// <summary>Removes unfinished revisions of killed processes. The caller holds the lock.</summary>
    public void RemoveLeftovers()
    {
        if (!ExistenceCheck.IsFolder(Root))
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

    private static int NumberOf(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string NewName() => $"{Unfinished}{Environment.ProcessId}-{Guid.NewGuid():N}";
}

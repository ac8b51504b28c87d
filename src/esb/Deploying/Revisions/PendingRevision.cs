using System.Globalization;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>A revision that is on the disk but has no number yet.</summary>
internal sealed class PendingRevision : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _unfinished;
    private readonly string _final;

    private PendingRevision(string root, string name, int number)
    {
        _unfinished = Path.Combine(root, name);
        _final = Path.Combine(root, number.ToString(CultureInfo.InvariantCulture));
        Number = number;
    }

    public int Number { get; }

    /// <param name="root">The folder of all revisions.</param>
    /// <param name="name">The name of a folder that does not exist.</param>
    /// <param name="number">A number that was never used.</param>
    /// <param name="configuration">The configuration folder, whose owner and file modes are copied.</param>
    /// <param name="files">The files, by name.</param>
    /// <param name="note">The note about its origin.</param>
    /// <exception cref="IOException">The revision could not be written; nothing is left behind.</exception>
    public static PendingRevision Write(
        string root,
        string name,
        int number,
        string configuration,
        IReadOnlyDictionary<string, byte[]> files,
        RevisionNote note)
    {
        var pending = new PendingRevision(root, name, number);
        try
        {
            Directory.CreateDirectory(pending._unfinished);
            OwnerAndMode.CopyToFolder(configuration, pending._unfinished);
            foreach (var (file, bytes) in files.Where(f => f.Value.Length > 0))
                WriteFile(Path.Combine(pending._unfinished, file), bytes, Path.Combine(configuration, file));
            var functions = Path.Combine(configuration, ConfigurationFiles.Functions);
            WriteFile(Path.Combine(pending._unfinished, RevisionNote.FileName), note.ToJson(), functions);
            Fsync.Folder(pending._unfinished);
            return pending;
        }
        catch
        {
            pending.Dispose();
            throw;
        }
    }

    /// <summary>Renames the folder to its number, which makes it a revision.</summary>
    /// <exception cref="IOException">The revision could not be renamed; call <see cref="Undo"/>.</exception>
    public void Publish()
    {
        Directory.Move(_unfinished, _final);
        Fsync.Folder(Path.GetDirectoryName(_final)!);
    }

    /// <summary>Renames the folder back, so that it is no longer a revision.</summary>
    public void Undo()
    {
        if (!Directory.Exists(_unfinished) && Directory.Exists(_final))
            Directory.Move(_final, _unfinished);
    }

    /// <summary>Removes the folder if it has not become a revision.</summary>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(_unfinished))
                Directory.Delete(_unfinished, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next deploy removes it; the actual error has been reported.
        }
    }

    // The file may hold secrets, so only its owner can read it until it has the mode of the file that it copies.
    private static void WriteFile(string path, byte[] bytes, string like)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = OwnerOnly,
        });
        file.Write(bytes);
        if (ExistenceCheck.IsFile(like))
            OwnerAndMode.Copy(like, file.SafeFileHandle);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }
}

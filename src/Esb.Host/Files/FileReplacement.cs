using System.Runtime.InteropServices;

namespace Esb.Host.Files;

/// <summary>
/// New content for a file, in two steps, so that several files can be changed together: <see cref="Prepare"/> does all that needs
/// space on the disk, <see cref="Commit"/> is a rename, <see cref="Undo"/> brings the old file itself back. Whoever reads the file,
/// also after a loss of power, sees the old content or the new one, whole.
/// </summary>
public sealed partial class FileReplacement : IDisposable
{
    private const string TemporarySuffix = ".esb-tmp";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _target;
    private readonly string _folder;
    private readonly string _new;
    private readonly string _old;
    private readonly bool _existed;
    private byte[]? _oldContent;
    private bool _committed;

    private FileReplacement(string target, string folder)
    {
        (_target, _folder) = (target, folder);
        var unique = $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Guid.NewGuid():N}";
        _new = Path.Combine(folder, unique + TemporarySuffix);
        _old = Path.Combine(folder, unique + "-old" + TemporarySuffix);
        _existed = File.Exists(target);
    }

    /// <summary>Where the new content stands until it is in its place.</summary>
    public string Prepared => _new;

    /// <summary>
    /// Writes and flushes a temporary file in the folder of the target. Owner and mode of an existing file are kept, the owner as
    /// far as the system lets this process give files away. A symbolic link is followed, so that the link stays.
    /// </summary>
    /// <param name="path">The file to be replaced or made.</param>
    /// <param name="content">All of its new content.</param>
    /// <param name="newFileMode">The mode of a file that was not there; null: as the umask says.</param>
    /// <exception cref="IOException">The disk is full or failing, or the folder is gone; nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; nothing has changed.</exception>
    public static FileReplacement Prepare(string path, ReadOnlySpan<byte> content, UnixFileMode? newFileMode = null)
    {
        var target = RealPath(path);
        var replacement = new FileReplacement(target, Path.GetDirectoryName(target)!);
        try
        {
            replacement.WriteNew(content, newFileMode);
            return replacement;
        }
        catch
        {
            replacement.Dispose();
            throw;
        }
    }

    /// <summary>Puts the new file in the place of the old one, which is kept beside it until <see cref="Dispose"/>.</summary>
    /// <exception cref="IOException">It could not be done; <see cref="Undo"/> makes sure that the old file is there.</exception>
    public void Commit()
    {
        if (_existed && Link(_target, _old) != 0)
            _oldContent = File.ReadAllBytes(_target); // A file system without hard links.
        File.Move(_new, _target, overwrite: true);
        _committed = true;
        Fsync.Folder(_folder);
    }

    /// <summary>Brings back what was there before <see cref="Commit"/>: the same file, its times and its inode included.</summary>
    /// <exception cref="IOException">It could not be done; what stands there is the new content, whole.</exception>
    public void Undo()
    {
        if (!_committed)
            return;
        if (!_existed)
            File.Delete(_target);
        else if (_oldContent is not null)
            AtomicFile.Write(_target, _oldContent);
        else
            File.Move(_old, _target, overwrite: true);
        _committed = false;
        Fsync.Folder(_folder);
    }

    /// <summary>Removes what is left of the temporary files.</summary>
    public void Dispose()
    {
        Remove(_new);
        Remove(_old);
    }

    /// <summary>Removes temporary files that a killed writer left. Only for the holder of the folder's lock.</summary>
    /// <param name="path">The file that was to be replaced; it need not exist.</param>
    public static void RemoveLeftovers(string path)
    {
        var target = RealPath(path);
        var pattern = $".{Path.GetFileName(target)}.*{TemporarySuffix}";
        foreach (var leftover in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, pattern))
            File.Delete(leftover);
    }

    private static string RealPath(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);

    private void WriteNew(ReadOnlySpan<byte> content, UnixFileMode? newFileMode)
    {
        // What it holds may be secret: it is never more readable than the file that it replaces.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (_existed || newFileMode is not null)
            options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(_new, options);
        file.Write(content);
        if (_existed)
            OwnerAndMode.Copy(_target, file.SafeFileHandle);
        else if (newFileMode is { } mode)
            File.SetUnixFileMode(file.SafeFileHandle, mode);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next writer removes it; what counts has been said already.
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);
}

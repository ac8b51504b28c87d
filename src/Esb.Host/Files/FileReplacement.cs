using System.Runtime.InteropServices;

namespace Esb.Host.Files;

/// <summary>
/// New content for a file, in two steps, so that several files can be changed together: <see cref="Prepare"/> does
/// everything that needs disk space, <see cref="Commit"/> is a rename, and <see cref="Undo"/> restores the old file
/// itself. Every reader, even after a power failure, sees either the complete old content or the complete new one.
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

    /// <summary>The path of the new content until it is committed.</summary>
    public string Prepared => _new;

    /// <summary>
    /// Writes and flushes a temporary file in the folder of the target. The mode of an existing file is kept, and its
    /// owner as far as this process may change owners. A symbolic link is followed and kept.
    /// </summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="content">Its complete new content.</param>
    /// <param name="newFileMode">The mode of a new file; null for that of the umask.</param>
    /// <exception cref="IOException">
    /// The disk is full or failing, or the folder is gone; nothing has changed.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">
    /// This process may not write to the folder; nothing has changed.
    /// </exception>
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

    /// <summary>
    /// Replaces the old file with the new one. The old one is kept next to it until <see cref="Dispose"/>.
    /// </summary>
    /// <exception cref="IOException">
    /// The replacement failed; <see cref="Undo"/> makes sure that the old file is in place.
    /// </exception>
    public void Commit()
    {
        if (_existed && Link(_target, _old) != 0)
            _oldContent = File.ReadAllBytes(_target); // A file system without hard links.
        File.Move(_new, _target, overwrite: true);
        _committed = true;
        Fsync.Folder(_folder);
    }

    /// <summary>Restores the state before <see cref="Commit"/>: the same file, including its times and inode.</summary>
    /// <exception cref="IOException">
    /// The old file cannot be restored; the file has the complete new content.
    /// </exception>
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

    /// <summary>Removes any remaining temporary files.</summary>
    public void Dispose()
    {
        Remove(_new);
        Remove(_old);
    }

    /// <summary>
    /// Removes temporary files that a killed writer left behind. Only the holder of the folder's lock may call it.
    /// </summary>
    /// <param name="path">The file that was to be replaced; it need not exist.</param>
    public static void RemoveLeftovers(string path)
    {
        var target = RealPath(path);
        var pattern = $".{Path.GetFileName(target)}.*{TemporarySuffix}";
        foreach (var leftover in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, pattern))
            File.Delete(leftover);
    }

    /// <summary>
    /// Removes the temporary files of writers that have ended, for a folder without a lock. The name of such a file has
    /// the process id of its writer.
    /// </summary>
    /// <param name="path">The file that was to be replaced; it need not exist.</param>
    public static void RemoveLeftoversOfEnded(string path)
    {
        var target = RealPath(path);
        var prefix = $".{Path.GetFileName(target)}.";
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            return;
        foreach (var leftover in Directory.EnumerateFiles(
            Path.GetDirectoryName(target)!, $"{prefix}*{TemporarySuffix}").ToList())
        {
            var writer = Path.GetFileName(leftover)[prefix.Length..].Split('-')[0];
            if (writer.Length > 0 && writer.All(char.IsAsciiDigit) && !Directory.Exists($"/proc/{writer}"))
                Remove(leftover);
        }
    }

    private static string RealPath(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link
            ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
            : Path.GetFullPath(path);

    private void WriteNew(ReadOnlySpan<byte> content, UnixFileMode? newFileMode)
    {
        // The content may be secret, so the file is never more readable than the one that it replaces.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
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
            // The next writer removes it; the essential error has been reported already.
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);
}

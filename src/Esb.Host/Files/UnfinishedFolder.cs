using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Files;

/// <summary>
/// A folder for a file that is being made, next to that file. Its name shows that it is unfinished, and only its owner
/// may read it. While its maker runs, a file in it is locked; the folder of a maker that was killed is removed when the
/// next file is made beside it.
/// </summary>
public sealed class UnfinishedFolder : IDisposable
{
    private const string Suffix = ".unfinished";
    private const string LockName = "lock";
    private const int IdLength = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The first version had no lock file, and kept the file that it wrote open.
    private static readonly string[] LockedNames = [LockName, "bundle"];

    private readonly FileStream _lock;

    private UnfinishedFolder(string path, FileStream heldLock) => (Path, _lock) = (path, heldLock);

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <summary>Makes the folder, and removes those of makers that were killed.</summary>
    /// <param name="file">The file that is to be made; its folder exists.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static UnfinishedFolder Create(string file)
    {
        var parent = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!;
        RemoveLeftovers(parent);
        var path = System.IO.Path.Combine(parent, $".{System.IO.Path.GetFileName(file)}.{Guid.NewGuid():N}{Suffix}");
        Directory.CreateDirectory(path, OwnerOnly);
        return new UnfinishedFolder(path, new FileStream(System.IO.Path.Combine(path, LockName), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        }));
    }

    /// <summary>Whether a folder has the name of an unfinished one.</summary>
    public static bool IsName(string name) =>
        name is ['.', ..] && name.EndsWith(Suffix, StringComparison.Ordinal)
        && name[..^Suffix.Length] is { Length: > IdLength } stem
        && stem[^IdLength..].All(char.IsAsciiHexDigitLower);

    /// <summary>Removes the folder with everything in it.</summary>
    public void Dispose()
    {
        FolderRemoval.Remove(Path);
        _lock.Dispose();
    }

    private static void RemoveLeftovers(string parent)
    {
        foreach (var left in Directory.EnumerateDirectories(parent, $".*{Suffix}").ToList())
        {
            // A link may lead anywhere.
            if (!IsName(System.IO.Path.GetFileName(left)) || Statx.OfLink(left) is not { IsFolder: true })
                continue;
            try
            {
                using var ended = LockOfEnded(left);
                if (ended is not null)
                    FolderRemoval.Remove(left);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user owns it, or the file system has no locks.
            }
        }
    }

    // Null while the maker runs, and for a folder without a lock file, whose maker may just have begun.
    private static SafeFileHandle? LockOfEnded(string folder)
    {
        var locked = LockedNames.Select(name => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(path => Statx.OfLink(path) is { IsFile: true });
        if (locked is null)
            return null;
        var file = Flock.OpenUnlocked(locked);
        if (Flock.TryLock(file, locked))
            return file;
        file.Dispose();
        return null;
    }
}

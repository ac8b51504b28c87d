namespace Esb.Dynalite.LevelDb;

/// <summary>
/// The lock that LevelDB holds while a folder is open: fcntl(2) on the file LOCK. Its content does not matter, and is
/// not changed.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const int HeldByAnother = 11; // EAGAIN

    private readonly FileStream? _file;

    private FolderLock(FileStream? file) => _file = file;

    /// <summary>Takes the lock. A folder without the file, such as a copy, needs none.</summary>
    /// <exception cref="FolderInUseException">Another process holds the lock.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, "LOCK");
        if (!File.Exists(path))
            return new FolderLock(null);
        var file = Open(path);
        try
        {
            file.Lock(0, 0);
            return new FolderLock(file);
        }
        catch (IOException e) when (e.HResult == HeldByAnother)
        {
            file.Dispose();
            throw new FolderInUseException(folder);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file?.Dispose();

    // A lock for writing keeps everybody else out. In a folder that may not be written to, one for reading still keeps
    // LevelDB out.
    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
    }
}

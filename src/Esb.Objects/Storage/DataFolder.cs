using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Objects.Storage;

/// <summary>
/// The folder that holds everything: <c>buckets/NAME/…</c>, <c>temporary/</c> on the same file system (so that
/// renames are atomic), and <c>lock</c>, which keeps a second server out. Only its owner has access.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly ChangeGate _changes = new();
    private readonly FileStream _lock;
    private readonly string _root;
    private readonly string _temporary;

    private DataFolder(string root, FileStream heldLock)
    {
        _root = root;
        _lock = heldLock;
        _temporary = Path.Combine(root, "temporary");
        Buckets = Path.Combine(root, "buckets");
        Directory.CreateDirectory(_temporary);
        Directory.CreateDirectory(Buckets);
        Fsync.Folder(root);
    }

    public string Buckets { get; }

    /// <summary>Creates what is missing and removes the unfinished work of a server that was killed.</summary>
    /// <exception cref="StartFailure">The folder cannot be written to, or another server uses it.</exception>
    public static DataFolder Open(string root)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(root);
            else
                Directory.CreateDirectory(
                    root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var heldLock = Lock(Path.Combine(root, "lock"));
            RemoveLeftovers(root);
            return new DataFolder(root, heldLock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.FileAccess,
                $"the data folder cannot be used: {e.Message}",
                root,
                Help: "it must be a folder that this user may write to"));
        }
    }

    public TemporaryFile NewTemporaryFile() => new(NewTemporaryPath(), _changes);

    /// <summary>Renames or removes something in the folder of the buckets.</summary>
    /// <exception cref="Errors.S3Exception">ServiceUnavailable: the folder has been replaced meanwhile.</exception>
    public void Change(Action change) => _changes.Change(change);

    /// <summary>Does something while nothing changes in the folder of the buckets.</summary>
    public void Hold(Action work) => _changes.Hold(work);

    /// <summary>
    /// Has the folder of the buckets replaced. Requests that have begun with this object can then change nothing.
    /// </summary>
    /// <returns>The object for requests from now on; the lock is held all the time.</returns>
    public DataFolder Replace(Action replace)
    {
        _changes.Close();
        replace();
        return new DataFolder(_root, _lock);
    }

    /// <summary>A folder to be filled and then renamed to its place.</summary>
    public string NewTemporaryFolder()
    {
        var path = NewTemporaryPath();
        Change(() => Directory.CreateDirectory(path));
        return path;
    }

    /// <summary>Removes a folder from the store at once, and deletes its content afterwards.</summary>
    public void RemoveFolder(string path)
    {
        var doomed = NewTemporaryPath();
        Change(() => Directory.Move(path, doomed));
        Fsync.Folder(Path.GetDirectoryName(path)!);
        Directory.Delete(doomed, recursive: true);
    }

    /// <summary>Reports a file that cannot be read back. All other files stay usable.</summary>
    public static void Report(string path, Exception reason) => Console.Error.WriteLine(new Diagnostic(
        Severity.Error,
        DiagnosticCodes.FileAccess,
        $"damaged, and left as it is: {reason.Message}",
        path,
        Help: "restore it from a backup, or remove it; check the disk"));

    public void Dispose()
    {
        _changes.Dispose();
        _lock.Dispose();
    }

    private string NewTemporaryPath() => Path.Combine(_temporary, Guid.NewGuid().ToString("N"));

    private static void RemoveLeftovers(string root)
    {
        var temporary = Path.Combine(root, "temporary");
        if (Directory.Exists(temporary))
            Directory.Delete(temporary, recursive: true);
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new StartFailure(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.Environment,
                $"another process is using the objects in this folder ({e.Message})",
                Path.GetDirectoryName(path),
                Help: "stop it, or use another folder"));
        }
    }
}

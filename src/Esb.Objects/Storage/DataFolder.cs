using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Objects.Storage;

/// <summary>
/// The folder that holds everything: <c>buckets/NAME/…</c>, <c>temporary/</c> on the same file system (so that
/// renames are atomic), and <c>lock</c>, which keeps a second server out. Only its owner has access.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _temporary;

    private DataFolder(string root, FileStream heldLock)
    {
        _lock = heldLock;
        _temporary = Path.Combine(root, "temporary");
        Buckets = Path.Combine(root, "buckets");
        RemoveLeftovers();
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
            return new DataFolder(root, Lock(Path.Combine(root, "lock")));
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

    public TemporaryFile NewTemporaryFile() => new(NewTemporaryPath());

    /// <summary>A folder to be filled and then renamed to its place.</summary>
    public string NewTemporaryFolder()
    {
        var path = NewTemporaryPath();
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Removes a folder from the store at once, and deletes its content afterwards.</summary>
    public void RemoveFolder(string path)
    {
        var doomed = NewTemporaryPath();
        Directory.Move(path, doomed);
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

    public void Dispose() => _lock.Dispose();

    private string NewTemporaryPath() => Path.Combine(_temporary, Guid.NewGuid().ToString("N"));

    private void RemoveLeftovers()
    {
        if (Directory.Exists(_temporary))
            Directory.Delete(_temporary, recursive: true);
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

using Esb.Host.Files;
using Esb.Tables.Errors;
using Esb.Tables.Storage.Sql;
using Microsoft.Win32.SafeHandles;

namespace Esb.Tables.Storage.Files;

/// <summary>
/// The files of a data folder: <c>tables.db</c>, SQLite's log with its index, and <c>tables.lock</c>. The lock keeps a
/// second process out, and records that <c>tables.db</c> has been created.
/// </summary>
internal sealed class TableFile : IDisposable
{
    /// <summary>The settings of a connection that reads.</summary>
    public const string ReaderSettings = "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -1000";

    // auto_vacuum can be set only when a file is created. The space that it frees is returned in the background.
    private const string NewFileSettings = "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL";
    private const string WriterSettings =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; "
        + "PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000";
    private const string Name = "tables.db";

    private readonly string _folder;
    private readonly SafeFileHandle _lock;

    private TableFile(string folder, SafeFileHandle heldLock)
    {
        _folder = folder;
        _lock = heldLock;
        Path = System.IO.Path.Combine(folder, Name);
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    private string Log => Path + "-wal";

    /// <summary>Locks the folder for this process.</summary>
    /// <exception cref="StorageException">Another process uses the folder, or the folder cannot be used.</exception>
    public static TableFile Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var path = System.IO.Path.Combine(folder, "tables.lock");
            var handle = Flock.OpenUnlocked(path);
            if (Flock.TryLock(handle, path))
                return new TableFile(folder, handle);
            handle.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"the data folder cannot be used: {e.Message}",
                folder,
                "it must be a folder that this user may write to");
        }

        throw new StorageException(
            "another process is using the tables in this folder", folder, "stop it, or use another folder");
    }

    /// <summary>Opens the file for the writer. Creates the file in a folder that has never had one.</summary>
    /// <exception cref="StorageException">The file is damaged, has a newer format, or cannot be used.</exception>
    public SqlConnection Open()
    {
        SqlConnection? connection = null;
        try
        {
            if (!ExistenceCheck.IsAny(Path))
                Create();
            var isUnclean = ExistenceCheck.IsAny(Log) && new FileInfo(Log).Length > 0;
            connection = SqlConnection.OpenToWrite(Path);
            CheckFormat(Path, connection);
            connection.Execute(WriterSettings);
            if (isUnclean && connection.Text("PRAGMA quick_check(1)") is var result && result != "ok")
                throw Damaged(Path, result);
            return connection;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (e is SqlException or IOException or UnauthorizedAccessException)
                throw Failure(e);
            throw;
        }
    }

    /// <summary>Creates the error for a file that cannot be used.</summary>
    public StorageException Failure(Exception reason) => Failure(Path, reason);

    /// <summary>Checks a file that nothing has open, and leaves only that file behind.</summary>
    /// <exception cref="StorageException">The file is damaged, has a newer format, or cannot be used.</exception>
    public static StoredContents Check(string path)
    {
        try
        {
            using var connection = SqlConnection.OpenToWrite(path);
            CheckFormat(path, connection);
            return connection.Text("PRAGMA quick_check(1)") is var result && result == "ok"
                ? StoredContents.Of(connection)
                : throw Damaged(path, result);
        }
        catch (SqlException e)
        {
            throw Failure(path, e);
        }
    }

    private static StorageException Failure(string path, Exception reason) => reason is SqlException { IsDamage: true }
        ? Damaged(path, reason.Message)
        : new StorageException(
            $"the file of the tables cannot be opened: {reason.Message}",
            path,
            "check the disk, its space and the owner");

    public void Dispose()
    {
        if (_lock.IsClosed)
            return;
        Flock.Unlock(_lock);
        _lock.Dispose();
    }

    private static void CheckFormat(string path, SqlConnection connection)
    {
        if (connection.Number("PRAGMA application_id") != Schema.Application)
            throw Damaged(path, "it is not a file of tables");
        var format = connection.Number("PRAGMA user_version");
        if (format > Schema.Format)
            throw new StorageException(
                $"the tables have format {format}, and this program reads formats up to {Schema.Format}",
                path,
                "use the newer ESB that wrote them");
    }

    private void Create()
    {
        // If the file existed once and is missing now, data was lost. This must not look like a first start.
        if (RandomAccess.GetLength(_lock) > 0 || ExistenceCheck.IsAny(Log))
            throw new StorageException(
                "the file of the tables is missing",
                Path,
                "restore it from a backup; to begin without tables, remove tables.lock and tables.db-wal");
        var path = Path + ".new";
        // A process that was killed here has left these files.
        File.Delete(path);
        File.Delete(path + "-journal");
        using (var connection = SqlConnection.Create(path))
        {
            connection.Execute(NewFileSettings);
            connection.Execute($"BEGIN; {Schema.Create} PRAGMA application_id = {Schema.Application}; "
                + $"PRAGMA user_version = {Schema.Format}; COMMIT");
        }

        // SQLite gives its other files the same mode.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(path, Path);
        Fsync.Folder(_folder);
        RandomAccess.Write(_lock, "tables.db\n"u8, 0);
        RandomAccess.FlushToDisk(_lock);
    }

    private static StorageException Damaged(string path, string reason) => new(
        $"the file of the tables is damaged: {reason}", path, "restore it from a backup; check the disk");
}

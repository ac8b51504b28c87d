using Esb.Tables.Storage.Files;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Storage.Sql;
using SQLitePCL;

namespace Esb.Tables.Storage;

/// <summary>An open file of tables: its writer, its readers and its background work.</summary>
internal sealed class OpenTableFile : IAsyncDisposable
{
    private readonly SqlConnection _connection;
    private readonly WriteSession _session;
    private readonly Caretaker _caretaker;
    private readonly string _path;

    private OpenTableFile(string path, SqlConnection connection, TimeProvider time, Action<string>? report)
    {
        _path = path;
        _connection = connection;
        var definitions = new DefinitionCache();
        _session = new WriteSession(connection, definitions, time);
        Disk = new DiskState(path, report);
        Writer = new Writer(connection, _session, Disk);
        Readers = new ReaderPool(path, definitions, time);
        _caretaker = new Caretaker(Writer, Readers, Disk, time);
        _session.ChoreAdded = _caretaker.Wake;
    }

    public DiskState Disk { get; }

    public Writer Writer { get; }

    public ReaderPool Readers { get; }

    /// <exception cref="Errors.StorageException">
    /// The file is damaged, has a newer format, or cannot be used.
    /// </exception>
    public static OpenTableFile Open(TableFile file, TimeProvider time, Action<string>? report)
    {
        SqlConnection? connection = null;
        try
        {
            connection = file.Open();
            return new OpenTableFile(file.Path, connection, time, report);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (e is SqlException unreadable)
                throw file.Failure(unreadable);
            throw;
        }
    }

    /// <exception cref="SqlException">The file cannot be read.</exception>
    public TableSnapshot TakeSnapshot()
    {
        var log = Writer.KeepLog();
        try
        {
            return new TableSnapshot(SqlConnection.OpenToRead(_path), log);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Completes the work that has begun, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _caretaker.DisposeAsync();
        Writer.Dispose();
        Readers.Dispose();
        try
        {
            // A file without a log was closed properly, so the next start does not check it. After a failed flush the
            // log is kept, so that the next start checks the file.
            if (Disk.HasFailed)
                _connection.KeepLog();
            else
                _connection.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        }
        catch (SqlException e)
        {
            _ = Disk.Report(e);
        }

        _session.Dispose();
        _connection.Dispose();
    }
}

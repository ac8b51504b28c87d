using Esb.Tables.Storage.Files;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Storage.Sql;
using SQLitePCL;

namespace Esb.Tables.Storage;

/// <summary>All tables of a folder: one SQLite file with one writer and several readers.</summary>
public sealed class TableDatabase : IAsyncDisposable
{
    private readonly TableFile _file;
    private readonly SqlConnection _connection;
    private readonly WriteSession _session;
    private readonly DiskState _disk;
    private readonly Writer _writer;
    private readonly ReaderPool _readers;
    private readonly Caretaker _caretaker;

    private bool _isClosed;

    private TableDatabase(TableFile file, SqlConnection connection, TimeProvider time, Action<string>? report)
    {
        _file = file;
        _connection = connection;
        var definitions = new DefinitionCache();
        _session = new WriteSession(connection, definitions, time);
        _disk = new DiskState(file.Path, report);
        _writer = new Writer(connection, _session, _disk);
        _readers = new ReaderPool(file.Path, definitions, time);
        _caretaker = new Caretaker(_writer, _readers, _disk, time);
        _session.ChoreAdded = _caretaker.Wake;
    }

    /// <summary>Opens the tables of a folder. Creates the folder and its file if they do not exist.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="time">The clock, which is also used for background work.</param>
    /// <param name="report">Receives a line for the operator when the disk is full or fails.</param>
    /// <exception cref="Errors.StorageException">
    /// Another process uses the folder, the file is damaged or has a newer format, or the disk cannot be used.
    /// </exception>
    public static TableDatabase Open(string folder, TimeProvider time, Action<string>? report = null)
    {
        var file = TableFile.Take(folder);
        SqlConnection? connection = null;
        try
        {
            connection = file.Open();
            return new TableDatabase(file, connection, time, report);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            file.Dispose();
            if (e is SqlException unreadable)
                throw file.Failure(unreadable);
            throw;
        }
    }

    /// <summary>
    /// Runs work on the writer's thread, and returns when its changes are on the disk. Work that waits at the same time
    /// is written together. If one piece of work throws, only its own changes are undone.
    /// </summary>
    /// <exception cref="Errors.TableException">The disk is full or fails, or what the work throws.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> work, CancellationToken cancellation) =>
        _writer.RunAsync(work, cancellation);

    /// <summary>Runs work on one state of the tables. Writers do not wait for it.</summary>
    /// <exception cref="Errors.TableException">The disk fails, or what the work throws.</exception>
    public T Read<T>(Func<ReadSession, T> work)
    {
        try
        {
            return _readers.Read(work);
        }
        catch (SqlException e)
        {
            throw _disk.Report(e);
        }
    }

    /// <summary>Completes the work that has begun, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
            return;
        await _caretaker.DisposeAsync();
        _writer.Dispose();
        _readers.Dispose();
        try
        {
            // A file without a log was closed properly, so the next start does not check it. After a failed flush the
            // log is kept, so that the next start checks the file.
            if (_disk.HasFailed)
                _connection.KeepLog();
            else
                _connection.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        }
        catch (SqlException e)
        {
            _ = _disk.Report(e);
        }

        _session.Dispose();
        _connection.Dispose();
        _file.Dispose();
    }
}

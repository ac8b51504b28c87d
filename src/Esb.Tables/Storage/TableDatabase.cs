using Esb.Tables.Storage.Files;
using Esb.Tables.Storage.Sql;

namespace Esb.Tables.Storage;

/// <summary>All tables of a folder: one SQLite file with one writer and several readers.</summary>
public sealed class TableDatabase : IAsyncDisposable
{
    private readonly UseGate _gate = new();
    private readonly TableFile _file;
    private readonly TimeProvider _time;
    private readonly Action<string>? _report;

    private OpenTableFile _tables;
    private bool _isClosed;

    private TableDatabase(TableFile file, OpenTableFile tables, TimeProvider time, Action<string>? report) =>
        (_file, _tables, _time, _report) = (file, tables, time, report);

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
        try
        {
            return new TableDatabase(file, OpenTableFile.Open(file, time, report), time, report);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Checks a file of tables that nothing has open, such as one from a backup, and counts what it holds.
    /// </summary>
    /// <exception cref="Errors.StorageException">
    /// The file is damaged, has a newer format, or cannot be used.
    /// </exception>
    public static StoredContents Check(string path) => TableFile.Check(path);

    /// <summary>
    /// Runs work on the writer's thread, and returns when its changes are on the disk. Work that waits at the same time
    /// is written together. If one piece of work throws, only its own changes are undone.
    /// </summary>
    /// <exception cref="Errors.TableException">The disk is full or fails, or what the work throws.</exception>
    public async Task<T> WriteAsync<T>(Func<WriteSession, T> work, CancellationToken cancellation)
    {
        await _gate.EnterAsync(cancellation);
        try
        {
            return await _tables.Writer.RunAsync(work, cancellation);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Runs work on one state of the tables. Writers do not wait for it.</summary>
    /// <exception cref="Errors.TableException">The disk fails, or what the work throws.</exception>
    public T Read<T>(Func<ReadSession, T> work)
    {
        Enter();
        try
        {
            return _tables.Readers.Read(work);
        }
        catch (SqlException e)
        {
            throw _tables.Disk.Report(e);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Counts what the tables hold, which takes as long as reading all keys.</summary>
    /// <exception cref="Errors.TableException">The disk fails.</exception>
    public StoredContents Count() => Read(session => StoredContents.Of(session.Connection));

    /// <summary>
    /// Takes the state after all writes that have been answered. It must be disposed before the tables are replaced or
    /// closed.
    /// </summary>
    /// <exception cref="Errors.TableException">The disk fails.</exception>
    public TableSnapshot TakeSnapshot()
    {
        Enter();
        try
        {
            return _tables.TakeSnapshot();
        }
        catch (SqlException e)
        {
            throw _tables.Disk.Report(e);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>
    /// Closes the file, has it replaced, and opens it again. The folder stays locked, and requests wait meanwhile.
    /// </summary>
    /// <param name="replace">Replaces the file; when it throws, the file is what it was.</param>
    /// <exception cref="Errors.StorageException">The file cannot be opened again; requests wait for ever.</exception>
    public async Task ReplaceAsync(Action replace)
    {
        ArgumentNullException.ThrowIfNull(replace);
        await _gate.CloseAsync();
        await _tables.DisposeAsync();
        try
        {
            replace();
        }
        finally
        {
            _tables = OpenTableFile.Open(_file, _time, _report);
            _gate.Open();
        }
    }

    /// <summary>Completes the work that has begun, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
            return;
        await _tables.DisposeAsync();
        _file.Dispose();
    }

    // Waits only while the tables are being replaced.
    private void Enter()
    {
        var entered = _gate.EnterAsync(CancellationToken.None);
        if (!entered.IsCompletedSuccessfully)
            entered.AsTask().GetAwaiter().GetResult();
    }
}

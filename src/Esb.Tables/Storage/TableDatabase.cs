namespace Esb.Tables.Storage;

/// <summary>All tables of a folder: one file of SQLite, one writer, and readers beside it.</summary>
public sealed class TableDatabase : IAsyncDisposable
{
    private TableDatabase()
    {
    }

    /// <summary>Opens the tables of a folder, and creates both if there are none.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="time">The clock, also of the sweeps in the background.</param>
    /// <param name="report">Receives a line for the operator when the disk is full or fails.</param>
    /// <exception cref="Errors.StorageException">
    /// Another process holds the folder, the file is damaged or of a newer format, or the disk cannot be used.
    /// </exception>
    public static TableDatabase Open(string folder, TimeProvider time, Action<string>? report = null) =>
        throw new NotImplementedException();

    /// <summary>
    /// Runs work on the writer's thread, and returns when what it wrote is on the disk. What waits together is written
    /// together; what one throws undoes only its own changes.
    /// </summary>
    /// <exception cref="Errors.TableException">The disk is full or fails, or what the work throws.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> work, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Runs work on one state of the tables, which writers do not wait for.</summary>
    /// <exception cref="Errors.TableException">The disk fails, or what the work throws.</exception>
    public T Read<T>(Func<ReadSession, T> work) => throw new NotImplementedException();

    /// <summary>Completes what was begun and closes the file.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

using Esb.Tables.Storage.Files;
using Esb.Tables.Storage.Sql;

namespace Esb.Tables.Storage;

/// <summary>
/// The state of all tables at one moment, which later writes do not change. While it is open, the log of the file
/// grows by what is written.
/// </summary>
public sealed class TableSnapshot : IDisposable
{
    private readonly SqlConnection _connection;
    private readonly IDisposable _log;

    internal TableSnapshot(SqlConnection connection, IDisposable log)
    {
        (_connection, _log) = (connection, log);
        try
        {
            // The state is that of the first statement that reads, not that of BEGIN.
            connection.Run("BEGIN");
            _ = connection.Number("SELECT count(*) FROM numbers");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Counts what the tables hold, which takes as long as reading all keys.</summary>
    /// <exception cref="IOException">The disk fails, or the file of the tables is damaged.</exception>
    public StoredContents Count() => Try(() => StoredContents.Of(_connection), "the tables cannot be read");

    /// <summary>Copies the tables into a new file, which is not flushed to the disk.</summary>
    /// <param name="path">The path of the file, which does not exist; its folder does.</param>
    /// <param name="cancellation">Cancels the copy; the file is then unfinished.</param>
    /// <exception cref="IOException">The disk is full or fails, or the file of the tables is damaged.</exception>
    public void CopyTo(string path, CancellationToken cancellation) => Try(
        () =>
        {
            _connection.CopyTo(path, cancellation);
            return true;
        },
        $"the tables cannot be copied to {path}");

    /// <summary>Ends the transaction.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        _log.Dispose();
    }

    private static T Try<T>(Func<T> work, string failure)
    {
        try
        {
            return work();
        }
        catch (SqlException e)
        {
            throw new IOException($"{failure}: {e.Message}", e);
        }
    }
}

using System.Collections.Concurrent;
using Esb.Tables.Storage.Files;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Storage.Sql;

namespace Esb.Tables.Storage;

/// <summary>The connections for reading. Each read sees a state of its own, which later writes do not change.</summary>
internal sealed class ReaderPool(string path, DefinitionCache definitions, TimeProvider time) : IDisposable
{
    private readonly ConcurrentBag<SqlConnection> _idle = [];
    private readonly SemaphoreSlim _free = new(Most);

    private static int Most => Math.Clamp(2 * Environment.ProcessorCount, 4, 16);

    /// <summary>Runs work on the last committed state.</summary>
    /// <exception cref="SqlException">The disk fails, or the file is damaged.</exception>
    public T Read<T>(Func<ReadSession, T> work)
    {
        _free.Wait();
        SqlConnection? connection = null;
        try
        {
            if (!_idle.TryTake(out connection))
                connection = Open();
            connection.Run("BEGIN");
            var result = work(new ReadSession(connection, definitions, time));
            connection.Run("COMMIT");
            _idle.Add(connection);
            connection = null;
            return result;
        }
        finally
        {
            // After an error, the transaction of the read must not stay open.
            if (connection is { IsInTransaction: true })
                connection.Execute("ROLLBACK");
            if (connection is not null)
                _idle.Add(connection);
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        _free.Dispose();
    }

    private SqlConnection Open()
    {
        var connection = SqlConnection.OpenToRead(path);
        connection.Execute(TableFile.ReaderSettings);
        return connection;
    }
}

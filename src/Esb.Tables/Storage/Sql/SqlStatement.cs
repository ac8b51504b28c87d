using SQLitePCL;

namespace Esb.Tables.Storage.Sql;

/// <summary>
/// A prepared statement that is rented from a connection, and returned when it is disposed. Parameters count from 1,
/// columns from 0.
/// </summary>
internal sealed class SqlStatement : IDisposable
{
    private readonly SqlConnection _connection;
    private readonly sqlite3_stmt _handle;

    public SqlStatement(SqlConnection connection, string sql, sqlite3_stmt handle)
    {
        _connection = connection;
        _handle = handle;
        Sql = sql;
    }

    public string Sql { get; }

    public SqlStatement Bind(int parameter, long value)
    {
        _connection.Check(raw.sqlite3_bind_int64(_handle, parameter, value));
        return this;
    }

    public SqlStatement Bind(int parameter, string value)
    {
        _connection.Check(raw.sqlite3_bind_text(_handle, parameter, value));
        return this;
    }

    public SqlStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        _connection.Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_handle, parameter, 0)
            : raw.sqlite3_bind_blob(_handle, parameter, value));
        return this;
    }

    public SqlStatement BindNull(int parameter)
    {
        _connection.Check(raw.sqlite3_bind_null(_handle, parameter));
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False if there are no more rows.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(_handle);
        _connection.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement that returns no rows, and leaves it ready for new parameters.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public int Run()
    {
        try
        {
            Step();
            return _connection.Changes;
        }
        finally
        {
            _ = raw.sqlite3_reset(_handle);
        }
    }

    /// <summary>Runs a statement that changes one row and returns a number.</summary>
    public long RunForNumber()
    {
        Step();
        var number = Number(0);
        // A statement with results is complete only after its last row.
        Step();
        return number;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_handle, column);

    public string Text(int column) => raw.sqlite3_column_text(_handle, column).utf8_to_string();

    /// <summary>Bytes that are valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_handle, column);

    public void Dispose()
    {
        // Reset returns the result of the last step, which has already been handled.
        _ = raw.sqlite3_reset(_handle);
        _connection.GiveBack(this);
    }

    public void Close() => _handle.Dispose();
}

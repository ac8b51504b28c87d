using SQLitePCL;

namespace Esb.Tables.Storage.Sql;

/// <summary>A connection to an SQLite file, which only one thread uses at a time.</summary>
internal sealed class SqlConnection : IDisposable
{
    private const int PatienceInMilliseconds = 10_000;
    private const int PagesOfStep = 1000;
    private const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE

    private readonly Dictionary<string, Stack<SqlStatement>> _idle = [];
    private readonly sqlite3 _handle;

    static SqlConnection() => raw.SetProvider(new SQLite3Provider_sqlite3());

    private SqlConnection(sqlite3 handle) => _handle = handle;

    /// <summary>The number of rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Whether a transaction is open. Some errors end the transaction.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Opens an existing file for reading only.</summary>
    /// <exception cref="SqlException">The file cannot be opened.</exception>
    public static SqlConnection OpenToRead(string path) => Open(path, raw.SQLITE_OPEN_READONLY);

    /// <summary>Opens an existing file for reading and writing.</summary>
    /// <exception cref="SqlException">The file cannot be opened.</exception>
    public static SqlConnection OpenToWrite(string path) => Open(path, raw.SQLITE_OPEN_READWRITE);

    /// <summary>Opens a file, and creates it if it does not exist.</summary>
    /// <exception cref="SqlException">The file cannot be opened.</exception>
    public static SqlConnection Create(string path) => Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    /// <summary>Returns a statement that nobody else uses until it is disposed.</summary>
    public SqlStatement Rent(string sql)
    {
        if (_idle.TryGetValue(sql, out var idle) && idle.TryPop(out var statement))
            return statement;
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        return new SqlStatement(this, sql, handle);
    }

    /// <summary>Runs a statement without parameters or results, and keeps it prepared.</summary>
    public void Run(string sql)
    {
        using var statement = Rent(sql);
        statement.Run();
    }

    /// <summary>Runs statements without parameters or results.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Returns the first column of the first row.</summary>
    public long Number(string sql)
    {
        using var statement = Rent(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>Returns the first column of the first row.</summary>
    public string Text(string sql)
    {
        using var statement = Rent(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Returns the number of pages that were written to the log since the last call.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(_handle, PagesWritten, out var pages, out _, resetFlg: 1));
        return pages;
    }

    /// <summary>Copies pages from the log into the file.</summary>
    /// <param name="mode">One of the <c>SQLITE_CHECKPOINT_…</c> modes.</param>
    /// <returns>The number of pages in the log, including those that were copied.</returns>
    public int Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", mode, out var pages, out _);
        if (code != raw.SQLITE_BUSY)
            Check(code);
        return pages;
    }

    /// <summary>
    /// Copies the state that the open transaction of this connection sees into a new file. Writers do not wait for it.
    /// </summary>
    /// <exception cref="SqlException">The disk is full or fails, or the file is damaged.</exception>
    public void CopyTo(string path, CancellationToken cancellation)
    {
        using var target = Create(path);
        target.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
        using var backup = raw.sqlite3_backup_init(target._handle, "main", _handle, "main");
        if (backup.IsInvalid)
            throw SqlException.Of(target._handle, raw.sqlite3_errcode(target._handle));
        int code;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(backup, PagesOfStep);
        }
        while (code == raw.SQLITE_OK);
        var ended = raw.sqlite3_backup_finish(backup);
        target.Check(code == raw.SQLITE_DONE ? ended : code);
    }

    /// <summary>Keeps the log when the last connection is closed.</summary>
    public void KeepLog() => Check(raw.sqlite3_db_config(_handle, NoCheckpointOnClose, 1, out _));

    public void Check(int code) => SqlException.ThrowUnlessOk(code, _handle);

    public void GiveBack(SqlStatement statement)
    {
        if (!_idle.TryGetValue(statement.Sql, out var idle))
            _idle.Add(statement.Sql, idle = new Stack<SqlStatement>());
        idle.Push(statement);
    }

    public void Dispose()
    {
        foreach (var statement in _idle.Values.SelectMany(idle => idle))
            statement.Close();
        _handle.Dispose();
    }

    private static SqlConnection Open(string path, int flags)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var error = SqlException.Of(handle, code);
            handle.Dispose();
            throw error;
        }

        _ = raw.sqlite3_busy_timeout(handle, PatienceInMilliseconds);
        return new SqlConnection(handle);
    }
}

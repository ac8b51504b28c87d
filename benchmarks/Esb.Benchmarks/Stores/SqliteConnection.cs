using System.Runtime.InteropServices;

namespace Esb.Benchmarks.Stores;

/// <summary>A connection to the machine's SQLite, with as little overhead as possible.</summary>
internal sealed partial class SqliteConnection : IDisposable
{
    private const string Library = "libsqlite3.so.0";
    private const int Row = 100;
    private const int Done = 101;

    private readonly Dictionary<string, nint> _statements = [];
    private readonly nint _handle;

    public SqliteConnection(string path)
    {
        Check(Open(path, out _handle));
        Check(BusyTimeout(_handle, 10_000));
    }

    public void Execute(string sql) => Check(Exec(_handle, sql, 0, 0, 0));

    /// <summary>Runs a statement that stays prepared, and reads the first column of all rows.</summary>
    public void Run(string sql, params ReadOnlySpan<byte[]> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(Prepare(_handle, sql, -1, out statement, 0));
            _statements.Add(sql, statement);
        }

        for (var i = 0; i < values.Length; i++)
            Check(BindBlob(statement, i + 1, values[i], values[i].Length, -1)); // SQLITE_TRANSIENT
        int code;
        while ((code = Step(statement)) == Row)
            _ = ColumnBytes(statement, 0);
        if (code != Done)
            Check(code);
        Check(Reset(statement));
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            _ = FinalizeStatement(statement);
        _ = Close(_handle);
    }

    private static void Check(int code)
    {
        if (code != 0)
            throw new InvalidOperationException($"SQLite: error {code}");
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, out nint handle);

    [LibraryImport(Library, EntryPoint = "sqlite3_busy_timeout")]
    private static partial int BusyTimeout(nint handle, int milliseconds);

    [LibraryImport(Library, EntryPoint = "sqlite3_exec", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Exec(nint handle, string sql, nint callback, nint argument, nint error);

    [LibraryImport(Library, EntryPoint = "sqlite3_prepare_v2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Prepare(nint handle, string sql, int bytes, out nint statement, nint tail);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    private static partial int BindBlob(nint statement, int index, byte[] value, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    private static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    private static partial int ColumnBytes(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    private static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_finalize")]
    private static partial int FinalizeStatement(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_close")]
    private static partial int Close(nint handle);
}

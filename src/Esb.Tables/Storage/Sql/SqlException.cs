using SQLitePCL;

namespace Esb.Tables.Storage.Sql;

/// <summary>An error that SQLite has returned.</summary>
/// <param name="code">The extended result code.</param>
/// <param name="message">SQLite's message.</param>
internal sealed class SqlException(int code, string message) : Exception(message)
{
    private const int PrimaryCode = 0xFF;

    /// <summary>Whether there is no more room on the disk, or for this user or file.</summary>
    public bool IsFull => (code & PrimaryCode) == raw.SQLITE_FULL || code == raw.SQLITE_IOERR_WRITE;

    /// <summary>Whether a flush has failed, so that it is unknown what has reached the disk.</summary>
    public bool IsFailedFlush => code is raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_DIR_FSYNC;

    /// <summary>Whether the file is not what SQLite wrote.</summary>
    public bool IsDamage => (code & PrimaryCode) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Throws unless a call succeeded.</summary>
    public static void ThrowUnlessOk(int code, sqlite3 connection)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw Of(connection, code);
    }

    /// <summary>Creates the error for the last call.</summary>
    public static SqlException Of(sqlite3 connection, int code)
    {
        var extended = raw.sqlite3_extended_errcode(connection);
        return new SqlException(
            (extended & PrimaryCode) == (code & PrimaryCode) ? extended : code,
            raw.sqlite3_errmsg(connection).utf8_to_string());
    }
}

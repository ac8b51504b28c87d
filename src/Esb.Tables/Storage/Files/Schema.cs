namespace Esb.Tables.Storage.Files;

/// <summary>
/// The SQL tables. A place consists of the number of a table or an index, in four bytes, and a key. All tables
/// therefore share one ordered map of items and one of index entries, and no SQL statement depends on a table. Items
/// and records are stored outside of the trees of their keys: inside the trees, each item of a kilobyte would need
/// pages of its own (decision 108).
/// </summary>
internal static class Schema
{
    /// <summary>
    /// The format of the file, which is stored in <c>user_version</c>. Files with a newer format are rejected.
    /// </summary>
    public const int Format = 1;

    /// <summary>Identifies the file as written by this program: "ESBT" in <c>application_id</c>.</summary>
    public const int Application = 0x45534254;

    /// <summary>Creates the SQL tables in an empty file.</summary>
    public const string Create =
        """
        CREATE TABLE tables (name TEXT PRIMARY KEY, version INTEGER NOT NULL, definition BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE items (
            id INTEGER PRIMARY KEY, place BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, item BLOB NOT NULL);
        CREATE TABLE entries (place BLOB PRIMARY KEY, item INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE counts (number INTEGER PRIMARY KEY, items INTEGER NOT NULL, bytes INTEGER NOT NULL);
        CREATE TABLE streams (
            arn TEXT PRIMARY KEY, number INTEGER NOT NULL, table_name TEXT NOT NULL, horizon INTEGER NOT NULL,
            disabled INTEGER, definition BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE records (
            sequence INTEGER PRIMARY KEY, stream INTEGER NOT NULL, time INTEGER NOT NULL, change INTEGER NOT NULL,
            expiry INTEGER NOT NULL, keys BLOB NOT NULL, new BLOB, old BLOB);
        CREATE INDEX records_of_streams ON records (stream);
        CREATE TABLE tokens (
            token TEXT PRIMARY KEY, time INTEGER NOT NULL, request BLOB NOT NULL, answer BLOB NOT NULL) WITHOUT ROWID;
        CREATE INDEX tokens_by_time ON tokens (time);
        CREATE TABLE chores (
            number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, table_name TEXT NOT NULL, table_number INTEGER NOT NULL,
            position BLOB NOT NULL);
        CREATE TABLE numbers (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO numbers VALUES ('sequence', 0), ('number', 0);
        """;
}

using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage.Sql;
using Esb.Tables.Streams;
using Esb.Tables.Values;

namespace Esb.Tables.Storage.Rows;

/// <summary>
/// Writes stream records. The last sequence number is stored with the group that used it, so that a number that anybody
/// has seen is never used again.
/// </summary>
internal sealed class RecordWriter
{
    private readonly SqlConnection _connection;
    private readonly StoredJson _json;
    private readonly TimeProvider _time;
    private long _stored;

    public RecordWriter(SqlConnection connection, StoredJson json, TimeProvider time)
    {
        _connection = connection;
        _json = json;
        _time = time;
        Last = _stored = connection.Number("SELECT value FROM numbers WHERE name = 'sequence'");
    }

    /// <summary>The last number that was used.</summary>
    public long Last { get; private set; }

    public void Add(StreamDefinition stream, ItemKey key, MapValue? before, MapValue? after, bool isExpiry)
    {
        var change = before is null ? StreamChange.Insert : after is null ? StreamChange.Remove : StreamChange.Modify;
        using var statement = _connection.Rent("INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        statement.Bind(1, ++Last)
            .Bind(2, stream.Number)
            .Bind(3, _time.GetUtcNow().ToUnixTimeMilliseconds())
            .Bind(4, (int)change)
            .Bind(5, isExpiry ? 1 : 0)
            .Bind(6, _json.Of(key.Attributes));
        BindImage(statement, 7, stream.View is StreamView.NewImage or StreamView.NewAndOldImages ? after : null);
        BindImage(statement, 8, stream.View is StreamView.OldImage or StreamView.NewAndOldImages ? before : null);
        statement.Run();
    }

    /// <summary>Uses up a number without a record, so that later records have higher numbers.</summary>
    public long Take() => ++Last;

    /// <summary>Stores the last number if it has changed.</summary>
    public void WriteLast()
    {
        if (Last == _stored)
            return;
        using var statement = _connection.Rent("UPDATE numbers SET value = ?1 WHERE name = 'sequence'");
        statement.Bind(1, Last).Run();
        _stored = Last;
    }

    private void BindImage(SqlStatement statement, int parameter, MapValue? image)
    {
        if (image is null)
            statement.BindNull(parameter);
        else
            statement.Bind(parameter, _json.Of(image));
    }
}

using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Storage.Sql;
using Esb.Tables.Streams;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>
/// Changes tables. Reads in the session see its own changes. A session must not be used after the call that it was
/// passed to.
/// </summary>
public sealed partial class WriteSession : ReadSession, IDisposable
{
    private readonly StoredJson _json = new();
    private readonly Counters _counters;
    private readonly Undo _undo;
    private readonly EntryWriter _entries;
    private readonly RecordWriter _records;

    internal WriteSession(SqlConnection connection, DefinitionCache definitions, TimeProvider time)
        : base(connection, definitions, time)
    {
        _counters = new Counters(connection);
        _undo = new Undo(connection);
        _entries = new EntryWriter(connection, _counters);
        _records = new RecordWriter(connection, _json, time);
    }

    /// <inheritdoc />
    public override long NextSequence => _records.Last + 1;

    /// <summary>Called after a chore has been added.</summary>
    internal Action? ChoreAdded { get; set; }

    /// <summary>Stores an item, its index entries and its stream record.</summary>
    /// <param name="table">The table, as <see cref="ReadSession.FindTable"/> of this session returned it.</param>
    /// <param name="key">The key of the item.</param>
    /// <param name="item">All attributes of the item.</param>
    /// <param name="old">The item that this session has read under the key; null if there was none.</param>
    public void Put(TableDefinition table, ItemKey key, MapValue item, MapValue? old)
    {
        if (item.Equals(old))
            return;
        _undo.BeforeWriting();
        var place = Place.Of(table.Number, key.Bytes.Span);
        var size = ItemSize.Of(item);
        var id = Store(place, size, item);
        _counters.Add(table.Number, old is null ? 1 : 0, size - (old is null ? 0 : ItemSize.Of(old)));
        _entries.Change(table, new ItemPlace(id, place), old, item);
        if (table.Stream is { IsEnabled: true } stream)
            _records.Add(stream, key, old, item, isExpiry: false);
    }

    /// <summary>Deletes an item and its index entries, and writes its stream record.</summary>
    public void Delete(TableDefinition table, ItemKey key, MapValue old) => Delete(table, key, old, isExpiry: false);

    /// <summary>Stores a token, which is valid for ten minutes.</summary>
    public void AddToken(IdempotencyToken token)
    {
        _undo.BeforeWriting();
        using var statement = Connection.Rent("REPLACE INTO tokens VALUES (?1, ?2, ?3, ?4)");
        statement.Bind(1, token.Token).Bind(2, Time.GetUtcNow().ToUnixTimeMilliseconds())
            .Bind(3, token.Request.Span).Bind(4, token.Answer.Span).Run();
    }

    /// <inheritdoc />
    public void Dispose() => _json.Dispose();

    internal void Delete(TableDefinition table, ItemKey key, MapValue old, bool isExpiry)
    {
        _undo.BeforeWriting();
        var place = Place.Of(table.Number, key.Bytes.Span);
        using (var statement = Connection.Rent("DELETE FROM items WHERE place = ?1"))
            statement.Bind(1, place).Run();
        _counters.Add(table.Number, -1, -ItemSize.Of(old));
        _entries.Change(table, new ItemPlace(0, place), old, null);
        if (table.Stream is { IsEnabled: true } stream)
            _records.Add(stream, key, old, null, isExpiry);
    }

    // An item keeps its id when it is replaced, because index entries refer to the id.
    private long Store(byte[] place, int size, MapValue item)
    {
        using var statement = Connection.Rent(
            "INSERT INTO items (place, size, item) VALUES (?1, ?2, ?3) "
            + "ON CONFLICT (place) DO UPDATE SET size = ?2, item = ?3 RETURNING id");
        return statement.Bind(1, place).Bind(2, size).Bind(3, _json.Of(item)).RunForNumber();
    }

    /// <summary>Begins the transaction of a group.</summary>
    internal void BeginGroup(bool isAlone) => _undo.BeginGroup(isAlone);

    /// <summary>Keeps the changes of a request in the group.</summary>
    internal void KeepRequest()
    {
        _undo.Keep();
        _counters.KeepRequest();
    }

    /// <summary>Undoes the changes of a request in the group.</summary>
    internal void UndoRequest()
    {
        _counters.UndoRequest();
        _undo.Request();
    }

    /// <summary>Commits the group, and returns when it is on the disk.</summary>
    internal void CommitGroup()
    {
        _counters.Write();
        _records.WriteLast();
        Connection.Run("COMMIT");
    }

    /// <summary>Undoes the changes of the whole group.</summary>
    internal void UndoGroup()
    {
        _counters.UndoGroup();
        _undo.Group();
    }
}

using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Storage.Sql;
using Esb.Tables.Streams;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>Reads one state of all tables. A session must not be used after the call that it was passed to.</summary>
public partial class ReadSession
{
    private protected const string NumberNamed = "SELECT value FROM numbers WHERE name = ?1";

    internal ReadSession(SqlConnection connection, DefinitionCache definitions, TimeProvider time)
    {
        Connection = connection;
        Definitions = definitions;
        Time = time;
    }

    internal SqlConnection Connection { get; }

    private protected DefinitionCache Definitions { get; }

    private protected TimeProvider Time { get; }

    /// <summary>Finds a table by its name.</summary>
    public TableDefinition? FindTable(string name)
    {
        using var statement = Connection.Rent("SELECT version, definition FROM tables WHERE name = ?1");
        if (!statement.Bind(1, name).Step())
            return null;
        var version = statement.Number(0);
        if (Definitions.Find(name, version) is { } known)
            return known;
        var read = JsonSerializer.Deserialize(statement.Blob(1), CatalogJson.Default.TableDefinition)!;
        Definitions.Set(version, read);
        return read;
    }

    /// <summary>The names of tables, in the order of their UTF-8 bytes.</summary>
    /// <param name="after">The name after which to start; null for the beginning.</param>
    /// <param name="limit">The maximum number of names.</param>
    public IReadOnlyList<string> TableNames(string? after, int limit)
    {
        using var statement = Connection.Rent("SELECT name FROM tables WHERE name > ?1 ORDER BY name LIMIT ?2");
        statement.Bind(1, after ?? "").Bind(2, limit);
        var names = new List<string>();
        while (statement.Step())
            names.Add(statement.Text(0));
        return names;
    }

    /// <summary>The number of tables.</summary>
    public int TableCount() => (int)Connection.Number("SELECT count(*) FROM tables");

    /// <summary>How much a table contains.</summary>
    public TableCounts Counts(TableDefinition table) => CountsOf(table.Number);

    /// <summary>How much an index contains.</summary>
    public TableCounts Counts(IndexDefinition index) => CountsOf(index.Number);

    /// <summary>Finds an item by its key.</summary>
    public MapValue? Get(TableDefinition table, ItemKey key) => Find(table, key)?.Item;

    /// <summary>Finds an item by its key, and returns it with its size.</summary>
    public StoredItem? Find(TableDefinition table, ItemKey key)
    {
        using var statement = Connection.Rent("SELECT item, size FROM items WHERE place = ?1");
        return statement.Bind(1, Place.Of(table.Number, key.Bytes.Span)).Step()
            ? new StoredItem(StoredJson.Read(statement.Blob(0)), (int)statement.Number(1), key.Bytes)
            : null;
    }

    /// <summary>Finds a token that was added in the last ten minutes.</summary>
    public IdempotencyToken? FindToken(string token)
    {
        using var statement = Connection.Rent("SELECT request, answer FROM tokens WHERE token = ?1 AND time > ?2");
        statement.Bind(1, token).Bind(2, (Time.GetUtcNow() - IdempotencyToken.Lifetime).ToUnixTimeMilliseconds());
        return statement.Step()
            ? new IdempotencyToken(token, BytesOf(statement.Blob(0)), BytesOf(statement.Blob(1)))
            : null;
    }

    private protected static Bytes BytesOf(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    private protected long NumberOf(string name)
    {
        using var statement = Connection.Rent(NumberNamed);
        statement.Bind(1, name).Step();
        return statement.Number(0);
    }

    private TableCounts CountsOf(int number)
    {
        using var statement = Connection.Rent("SELECT items, bytes FROM counts WHERE number = ?1");
        return statement.Bind(1, number).Step() ? new TableCounts(statement.Number(0), statement.Number(1)) : default;
    }
}

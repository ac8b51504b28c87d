using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Storage.Rows;

namespace Esb.Tables.Storage;

/// <summary>Creates, changes and removes tables and their indexes.</summary>
public sealed partial class WriteSession
{
    private long? _version;

    /// <summary>Creates a table, and assigns numbers to the table and its indexes.</summary>
    /// <returns>The table with its numbers, and with a stream if <paramref name="view"/> is given.</returns>
    public TableDefinition CreateTable(TableDefinition table, StreamView? view)
    {
        _undo.BeforeWriting();
        var created = table with
        {
            Number = TakeNumber(),
            LocalIndexes = [.. table.LocalIndexes.Select(index => index with { Number = TakeNumber() })],
            GlobalIndexes = [.. table.GlobalIndexes.Select(index => index with { Number = TakeNumber() })],
        };
        return view is { } wanted ? EnableStream(created, wanted) : ChangeTable(created);
    }

    /// <summary>
    /// Stores a changed definition. This is enough for capacity, class, encryption, protection, tags and the like,
    /// which need no other work in the storage.
    /// </summary>
    public TableDefinition ChangeTable(TableDefinition changed)
    {
        _undo.BeforeWriting();
        var version = (_version ??= Connection.Number("SELECT max(version) FROM tables")) + 1;
        _version = version;
        using var statement = Connection.Rent("REPLACE INTO tables VALUES (?1, ?2, ?3)");
        statement.Bind(1, changed.Name).Bind(2, version)
            .Bind(3, JsonSerializer.SerializeToUtf8Bytes(changed, CatalogJson.Default.TableDefinition)).Run();
        Definitions.Set(version, changed);
        return changed;
    }

    /// <summary>Removes a table. Its stream is disabled, and its space is freed in the background.</summary>
    public void DeleteTable(TableDefinition table)
    {
        _undo.BeforeWriting();
        if (table.Stream is { IsEnabled: true })
            table = DisableStream(table);
        using (var statement = Connection.Rent("DELETE FROM tables WHERE name = ?1"))
            statement.Bind(1, table.Name).Run();
        Definitions.Remove(table.Name);
        AddChore(new Chore(table.Number, ChoreKind.RemoveItems, table));
        foreach (var index in table.Indexes)
            AddChore(new Chore(index.Number, ChoreKind.RemoveEntries, table));
        if (table.TimeToLive is { } expiry)
            AddChore(new Chore(expiry.Number, ChoreKind.RemoveEntries, table));
    }

    /// <summary>Adds a global index, which is filled in the background and then becomes active.</summary>
    public TableDefinition AddIndex(TableDefinition table, IndexDefinition index)
    {
        _undo.BeforeWriting();
        var added = index with { Number = TakeNumber(), Status = IndexStatus.Creating };
        AddChore(new Chore(added.Number, ChoreKind.FillIndex, table));
        return ChangeTable(table with { GlobalIndexes = [.. table.GlobalIndexes, added] });
    }

    /// <summary>Begins to remove a global index, which disappears as soon as it is empty.</summary>
    public TableDefinition RemoveIndex(TableDefinition table, string name)
    {
        _undo.BeforeWriting();
        var index = table.GlobalIndexes.First(i => i.Name == name);
        AddChore(new Chore(index.Number, ChoreKind.RemoveEntries, table));
        return SetIndex(table, index with { Status = IndexStatus.Deleting });
    }

    /// <summary>Sets the attribute that holds the expiry time of items; null switches expiry off.</summary>
    public TableDefinition SetTimeToLive(TableDefinition table, string? attribute)
    {
        _undo.BeforeWriting();
        if (table.TimeToLive is { } old)
            AddChore(new Chore(old.Number, ChoreKind.RemoveEntries, table));
        if (attribute is null)
            return ChangeTable(table with { TimeToLive = null });
        var expiry = new TimeToLive(attribute, TakeNumber(), IsBackfilling: true);
        AddChore(new Chore(expiry.Number, ChoreKind.FillExpiry, table));
        return ChangeTable(table with { TimeToLive = expiry });
    }

    /// <summary>Stores a global index with a new state.</summary>
    internal TableDefinition SetIndex(TableDefinition table, IndexDefinition index) => ChangeTable(table with
    {
        GlobalIndexes = [.. table.GlobalIndexes.Select(other => other.Number == index.Number ? index : other)],
    });

    private int TakeNumber()
    {
        using var statement =
            Connection.Rent("UPDATE numbers SET value = value + 1 WHERE name = 'number' RETURNING value");
        return (int)statement.RunForNumber();
    }

    private void AddChore(Chore chore)
    {
        using var statement = Connection.Rent("REPLACE INTO chores VALUES (?1, ?2, ?3, ?4, ?5)");
        statement.Bind(1, chore.Number).Bind(2, (int)chore.Kind).Bind(3, chore.TableName).Bind(4, chore.TableNumber)
            .Bind(5, chore.Position.Span).Run();
        ChoreAdded?.Invoke();
    }
}

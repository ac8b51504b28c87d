using Esb.Tables.Catalog;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>Does background work, in parts that are small enough not to keep others waiting for long.</summary>
public sealed partial class WriteSession
{
    private const int RowsOfPart = 500;
    private const int RowsOfStep = 50;
    private const int BytesOfPart = 1024 * 1024;

    // Requests that arrive during a part wait for its end.
    private static readonly TimeSpan TimeOfPart = TimeSpan.FromMilliseconds(10);

    /// <summary>Does the next part of the oldest chore.</summary>
    /// <returns>False when there are no chores.</returns>
    internal bool DoChore()
    {
        if (NextChore() is not { } chore)
            return false;
        _undo.BeforeWriting();
        var table = FindTable(chore.TableName) is { } found && found.Number == chore.TableNumber ? found : null;
        var next = chore.Kind switch
        {
            ChoreKind.RemoveItems => RemovePart(chore, "items"),
            ChoreKind.RemoveEntries => RemovePart(chore, "entries"),
            _ => FillPart(chore, table),
        };
        if (next is null)
            Complete(chore, table);
        else
            Continue(chore, next.Value);
        return true;
    }

    private Chore? NextChore()
    {
        using var statement = Connection.Rent(
            "SELECT number, kind, table_name, table_number, position FROM chores ORDER BY number LIMIT 1");
        return statement.Step()
            ? new Chore(
                (int)statement.Number(0), (ChoreKind)statement.Number(1), statement.Text(2), (int)statement.Number(3),
                BytesOf(statement.Blob(4)))
            : null;
    }

    private Bytes? RemovePart(Chore chore, string map)
    {
        var start = Time.GetTimestamp();
        for (var rows = 0; rows < RowsOfPart; rows += RowsOfStep)
        {
            using var statement = Connection.Rent(
                $"DELETE FROM {map} WHERE place IN "
                + $"(SELECT place FROM {map} WHERE place >= ?1 AND place < ?2 ORDER BY place LIMIT ?3)");
            var removed = statement.Bind(1, Place.Of(chore.Number, [])).Bind(2, Place.EndOf(chore.Number))
                .Bind(3, RowsOfStep).Run();
            if (removed < RowsOfStep)
                return null;
            if (IsPartOver(start))
                break;
        }

        return chore.Position;
    }

    private bool IsPartOver(long start) => Time.GetElapsedTime(start) >= TimeOfPart;

    private Bytes? FillPart(Chore chore, TableDefinition? table)
    {
        var index = table?.GlobalIndexes.FirstOrDefault(
            i => i.Number == chore.Number && i.Status == IndexStatus.Creating);
        var expiry = table?.TimeToLive is { } found && found.Number == chore.Number ? found : null;
        if (table is null || (index is null && expiry is null))
            return null;
        var start = Time.GetTimestamp();
        var rows = 0;
        var bytes = 0;
        using var statement = Connection.Rent(
            "SELECT id, place, item FROM items WHERE place > ?1 AND place < ?2 ORDER BY place");
        statement.Bind(1, Place.Of(table.Number, chore.Position.Span)).Bind(2, Place.EndOf(table.Number));
        while (statement.Step())
        {
            var place = new ItemPlace(statement.Number(0), statement.Blob(1).ToArray());
            var item = StoredJson.Read(statement.Blob(2));
            if (index is not null)
                _entries.Backfill(table, index, place, item);
            else
                _entries.Backfill(expiry!, place, item);
            bytes += statement.Blob(2).Length;
            if (++rows == RowsOfPart || bytes >= BytesOfPart || (rows % RowsOfStep == 0 && IsPartOver(start)))
                return Place.KeyOf(place.Place);
        }

        return null;
    }

    private void Continue(Chore chore, Bytes position)
    {
        using var statement = Connection.Rent("UPDATE chores SET position = ?2 WHERE number = ?1");
        statement.Bind(1, chore.Number).Bind(2, position.Span).Run();
    }

    private void Complete(Chore chore, TableDefinition? table)
    {
        using (var statement = Connection.Rent("DELETE FROM chores WHERE number = ?1"))
            statement.Bind(1, chore.Number).Run();
        if (chore.Kind is ChoreKind.RemoveItems or ChoreKind.RemoveEntries)
        {
            using var statement = Connection.Rent("DELETE FROM counts WHERE number = ?1");
            statement.Bind(1, chore.Number).Run();
        }

        if (table?.TimeToLive is { } expiry && expiry.Number == chore.Number)
            ChangeTable(table with { TimeToLive = expiry with { IsBackfilling = false } });
        else if (table?.GlobalIndexes.FirstOrDefault(i => i.Number == chore.Number) is { } index)
            CompleteIndex(table, index);
    }

    private void CompleteIndex(TableDefinition table, IndexDefinition index)
    {
        if (index.Status == IndexStatus.Creating)
            SetIndex(table, index with { Status = IndexStatus.Active });
        else if (index.Status == IndexStatus.Deleting)
            ChangeTable(table with
            {
                GlobalIndexes = [.. table.GlobalIndexes.Where(other => other.Number != index.Number)],
            });
    }
}

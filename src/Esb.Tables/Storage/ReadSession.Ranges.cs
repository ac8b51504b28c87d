using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Storage.Sql;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>Reads ranges of items in order.</summary>
public partial class ReadSession
{
    private const string ItemsUp =
        "SELECT place, item, size FROM items WHERE place >= ?1 AND place < ?2 ORDER BY place";
    private const string ItemsDown =
        "SELECT place, item, size FROM items WHERE place >= ?1 AND place < ?2 ORDER BY place DESC";

    // CROSS JOIN makes SQLite loop over the entries first, which keeps their order.
    private const string EntriesUp =
        "SELECT e.place, i.item, i.size FROM entries e CROSS JOIN items i ON i.id = e.item "
        + "WHERE e.place >= ?1 AND e.place < ?2 ORDER BY e.place";
    private const string EntriesDown =
        "SELECT e.place, i.item, i.size FROM entries e CROSS JOIN items i ON i.id = e.item "
        + "WHERE e.place >= ?1 AND e.place < ?2 ORDER BY e.place DESC";

    /// <summary>The items of a table or of an active index. They are read while the caller enumerates them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="index">The index; null for the table itself.</param>
    /// <param name="range">The range to read.</param>
    /// <param name="forward">Whether the order is ascending; otherwise it is descending.</param>
    /// <param name="after">The place after which to start, or before which if the order is descending.</param>
    public IEnumerable<StoredItem> Range(
        TableDefinition table, IndexDefinition? index, KeyRange range, bool forward, Bytes? after)
    {
        var number = index?.Number ?? table.Number;
        var from = Place.Of(number, range.From.Span);
        var to = range.To is { } end ? Place.Of(number, end.Span) : Place.EndOf(number);
        if (after is { } position)
        {
            var place = Place.Of(number, position.Span);
            if (!forward && place.AsSpan().SequenceCompareTo(to) < 0)
                to = place;
            // In byte order, the place is directly followed by the place with a zero byte appended.
            byte[] next = [.. place, 0];
            if (forward && next.AsSpan().SequenceCompareTo(from) > 0)
                from = next;
        }

        return Rows(index is null ? (forward ? ItemsUp : ItemsDown) : forward ? EntriesUp : EntriesDown, from, to);
    }

    private IEnumerable<StoredItem> Rows(string sql, byte[] from, byte[] to)
    {
        using var statement = Connection.Rent(sql);
        statement.Bind(1, from).Bind(2, to);
        while (statement.Step())
            yield return Row(statement);
    }

    private static StoredItem Row(SqlStatement statement) => new(
        StoredJson.Read(statement.Blob(1)), (int)statement.Number(2), Place.KeyOf(statement.Blob(0)));
}

using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Storage.Sql;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>Reads items in their order.</summary>
public partial class ReadSession
{
    private const string ItemsUp =
        "SELECT place, item, size FROM items WHERE place >= ?1 AND place < ?2 ORDER BY place";
    private const string ItemsDown =
        "SELECT place, item, size FROM items WHERE place >= ?1 AND place < ?2 ORDER BY place DESC";

    // A cross join keeps the order of the loops: entries first.
    private const string EntriesUp =
        "SELECT e.place, i.item, i.size FROM entries e CROSS JOIN items i ON i.id = e.item "
        + "WHERE e.place >= ?1 AND e.place < ?2 ORDER BY e.place";
    private const string EntriesDown =
        "SELECT e.place, i.item, i.size FROM entries e CROSS JOIN items i ON i.id = e.item "
        + "WHERE e.place >= ?1 AND e.place < ?2 ORDER BY e.place DESC";

    /// <summary>The items of a table or of an active index, read one after the other as the caller asks.</summary>
    /// <param name="table">The table.</param>
    /// <param name="index">The index; null for the table itself.</param>
    /// <param name="range">What to read.</param>
    /// <param name="forward">Ascending, or else descending.</param>
    /// <param name="after">The place behind which (descending: before which) to begin.</param>
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
            // The next bytes in order behind a place are the place and a zero.
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

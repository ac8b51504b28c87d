using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage.Sql;
using Esb.Tables.Values;

namespace Esb.Tables.Storage.Rows;

/// <summary>
/// Keeps the entries of indexes and the list of expiries up to date. While an index is being filled, changed items get
/// their entries at once; those of the other items follow.
/// </summary>
internal sealed class EntryWriter(SqlConnection connection, Counters counters)
{
    /// <summary>Updates the entries after a change to an item.</summary>
    /// <param name="table">The table.</param>
    /// <param name="item">The place of the item.</param>
    /// <param name="before">The item before the change, if there was one.</param>
    /// <param name="after">The item after the change, if there is one.</param>
    public void Change(TableDefinition table, ItemPlace item, MapValue? before, MapValue? after)
    {
        foreach (var index in table.Indexes)
        {
            if (index.Status != IndexStatus.Deleting)
                Change(table, index, item, before, after);
        }

        if (table.TimeToLive is not { } expiry)
            return;
        var earlier = before is null ? null : ExpiryPlace.Of(expiry, before, item.Place);
        var later = after is null ? null : ExpiryPlace.Of(expiry, after, item.Place);
        if (earlier is not null && later is not null && earlier.AsSpan().SequenceEqual(later))
            return;
        if (earlier is not null)
            Remove(earlier);
        if (later is not null)
            Add(later, item);
    }

    /// <summary>Adds the entry of an item that is older than the index.</summary>
    public void Backfill(TableDefinition table, IndexDefinition index, ItemPlace item, MapValue attributes)
    {
        if (KeyEncoder.OfIndex(table, index, attributes) is { } key && Add(Place.Of(index.Number, key.Span), item))
            counters.Add(index.Number, 1, Size(table, index, attributes));
    }

    /// <summary>Adds the expiry of an item that is older than the setting.</summary>
    public void Backfill(TimeToLive expiry, ItemPlace item, MapValue attributes)
    {
        if (ExpiryPlace.Of(expiry, attributes, item.Place) is { } place)
            Add(place, item);
    }

    private void Change(TableDefinition table, IndexDefinition index, ItemPlace item, MapValue? before, MapValue? after)
    {
        var earlier = before is null ? null : KeyEncoder.OfIndex(table, index, before);
        var later = after is null ? null : KeyEncoder.OfIndex(table, index, after);
        if (earlier is { } gone && later != earlier && Remove(Place.Of(index.Number, gone.Span)))
            counters.Add(index.Number, -1, -Size(table, index, before!));
        if (later is not { } key)
            return;
        var isThere = later == earlier && index.Status == IndexStatus.Active;
        var size = Size(table, index, after!);
        if (!isThere && Add(Place.Of(index.Number, key.Span), item))
            counters.Add(index.Number, 1, size);
        else
            counters.Add(index.Number, 0, size - (before is null ? 0 : Size(table, index, before)));
    }

    private bool Add(byte[] place, ItemPlace item)
    {
        using var statement = connection.Rent("INSERT OR IGNORE INTO entries VALUES (?1, ?2)");
        return statement.Bind(1, place).Bind(2, item.Id).Run() > 0;
    }

    private bool Remove(byte[] place)
    {
        using var statement = connection.Rent("DELETE FROM entries WHERE place = ?1");
        return statement.Bind(1, place).Run() > 0;
    }

    private static int Size(TableDefinition table, IndexDefinition index, MapValue item) =>
        ItemSize.Of(index.Projection.Apply(item, table.Keys, index.Keys));
}

using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>What a write has done.</summary>
/// <param name="Table">The table.</param>
/// <param name="Old">The item before, or null if there was none.</param>
/// <param name="New">The item after, or null if there is none.</param>
internal sealed record ItemWrite(TableDefinition Table, MapValue? Old, MapValue? New)
{
    /// <summary>Adds the capacity that the write takes, of the table and of the indexes that it changes.</summary>
    /// <param name="capacity">What it is added to.</param>
    /// <param name="factor">2 for a write of a transaction, which AWS counts twice.</param>
    public void AddTo(ConsumedCapacity capacity, int factor = 1)
    {
        var units = CapacityUnits.OfWrite(Size(Old), Size(New)) * factor;
        capacity.Add(units);
        foreach (var index in Table.Indexes.Where(index => !Equals(In(index, Old), In(index, New))))
            capacity.Add(index, units);
    }

    /// <summary>What an index has of an item; null if the item is not in it.</summary>
    private MapValue? In(IndexDefinition index, MapValue? item) =>
        item is not null && item.Members.ContainsKey(index.Keys.Hash)
        && (index.Keys.Range is not { } range || item.Members.ContainsKey(range))
            ? index.Projection.Apply(item, Table.Keys, index.Keys)
            : null;

    private static int Size(MapValue? item) => item is null ? 0 : ItemSize.Of(item);
}

/// <summary>What an update has done.</summary>
/// <param name="Write">The write.</param>
/// <param name="Result">The item with the paths that were changed.</param>
internal sealed record ItemUpdate(ItemWrite Write, UpdateResult Result);

using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>The result of a write.</summary>
/// <param name="Table">The table.</param>
/// <param name="Old">The item before the write, or null if there was none.</param>
/// <param name="New">The item after the write, or null if there is none.</param>
internal sealed record ItemWrite(TableDefinition Table, MapValue? Old, MapValue? New)
{
    /// <summary>Adds the capacity that the write consumed in the table and in the indexes that it changed.</summary>
    /// <param name="capacity">The capacity to add to.</param>
    /// <param name="factor">2 for a write in a transaction, which AWS counts twice.</param>
    public void AddTo(ConsumedCapacity capacity, int factor = 1)
    {
        var units = CapacityUnits.OfWrite(Size(Old), Size(New)) * factor;
        capacity.Add(units);
        foreach (var index in Table.Indexes.Where(index => !Equals(In(index, Old), In(index, New))))
            capacity.Add(index, units);
    }

    /// <summary>The part of an item that an index contains; null if the item is not in the index.</summary>
    private MapValue? In(IndexDefinition index, MapValue? item) =>
        item is not null && index.Keys.Attributes.All(key => item.Members.ContainsKey(key.Name))
            ? index.Projection.Apply(item, Table.Keys, index.Keys)
            : null;

    private static int Size(MapValue? item) => item is null ? 0 : ItemSize.Of(item);
}

/// <summary>The result of an update.</summary>
/// <param name="Write">The write.</param>
/// <param name="Result">The item after the update, with the paths that were changed.</param>
internal sealed record ItemUpdate(ItemWrite Write, UpdateResult Result);

using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Operations.Transactions;
using Esb.Tables.PartiQl;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>A SELECT in a batch or a transaction, which reads one item by its whole key.</summary>
/// <param name="Select">The statement.</param>
/// <param name="Table">The table.</param>
/// <param name="Key">The key attributes. Their types have not been checked yet.</param>
internal sealed record KeyedSelect(SelectStatement Select, TableDefinition Table, MapValue Key)
{
    /// <summary>The item that a statement reads; null unless its condition is a whole key and nothing else.</summary>
    /// <exception cref="TableException">
    /// There is no such table, parts of the condition overlap, or ORDER BY is not valid.
    /// </exception>
    public static KeyedSelect? Of(ReadSession session, SelectStatement select)
    {
        var table = session.RequireTable(select.Table);
        StatementReads.RequireSimpleKeys(table, select);
        if (select.Index is not null || ReadKey.Of(select.Where, table.Keys) is not { } key)
            return null;
        if (select.Orders.Count > 0)
            _ = select.KeysFor(table.Keys);
        return new KeyedSelect(select, table, key);
    }

    /// <summary>The key of the item.</summary>
    /// <exception cref="TableException">The key does not fit the table.</exception>
    public ItemKey RequireKey() => KeyEncoder.OfKey(Table.Keys, Key);

    /// <summary>Reads the item.</summary>
    /// <param name="session">The snapshot to read from.</param>
    /// <param name="key">The result of <see cref="RequireKey"/>.</param>
    /// <param name="isConsistent">Whether the read is strongly consistent.</param>
    /// <param name="limits">The limits of the transaction, or null in a batch.</param>
    /// <exception cref="TableException">All items of the transaction together are too large.</exception>
    public StatementResponse Read(ReadSession session, ItemKey key, bool isConsistent, TransactionLimits? limits)
    {
        var found = session.Find(Table, key);
        var size = found?.Size ?? 0;
        limits?.AddBytes(size);
        return new StatementResponse(
            Select.Table,
            found is null ? null : Select.Projection?.Apply(found.Item) ?? found.Item,
            null,
            (capacity, factor) => capacity.Add(factor * CapacityUnits.OfRead(size, isConsistent)));
    }
}

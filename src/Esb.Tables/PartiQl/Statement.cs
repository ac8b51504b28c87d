using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>A PartiQL statement with its parameters filled in.</summary>
/// <param name="Table">The name of the table.</param>
public abstract record Statement(string Table);

/// <summary>A SELECT statement.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Index">The name of the index, if one is read.</param>
/// <param name="Projection">The attributes to return; null for all.</param>
/// <param name="Where">The condition, if there is one.</param>
/// <param name="Orders">ORDER BY: the attributes, in the order in which they are written.</param>
public sealed record SelectStatement(
    string Table, string? Index, Projection? Projection, Condition? Where, IReadOnlyList<SelectOrder> Orders)
    : Statement(Table)
{
    /// <summary>The order within a partition, or null if none is given.</summary>
    public SelectOrder? Order => Orders.Count == 0 ? null : Orders[^1];

    /// <summary>
    /// The parts to read, in order and without overlap, if the condition specifies one partition key, or several that
    /// are combined with OR or IN. Null if everything must be scanned. <see cref="Where"/> must still be applied to the
    /// items that are read.
    /// </summary>
    /// <exception cref="TableException">The condition or ORDER BY does not fit the keys.</exception>
    public IReadOnlyList<KeyCondition>? KeysFor(KeySchema keys)
    {
        if (Orders.Count > 0 && Where is null)
            throw TableException.Validation("Must have WHERE clause in the statement when using ORDER BY clause.");
        var reads = SelectKeys.Of(Where, keys);
        return Orders.Count == 0 ? reads : SelectOrders.Sorted(Orders, reads, keys);
    }
}

/// <summary>One attribute of ORDER BY.</summary>
/// <param name="Attribute">The attribute, which must be a key.</param>
/// <param name="IsDescending">Whether the order is descending.</param>
public sealed record SelectOrder(string Attribute, bool IsDescending);

/// <summary>An INSERT INTO … VALUE statement.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Item">The item. The statement fails with DuplicateItemException if an item with its key exists.</param>
public sealed record InsertStatement(string Table, MapValue Item) : Statement(Table);

/// <summary>An UPDATE … SET/REMOVE … WHERE statement.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Update">The actions.</param>
/// <param name="Where">The condition, which includes the key.</param>
/// <param name="Returning">
/// The RETURNING clause as a value of ReturnValues, such as ALL_NEW; null if it is not given.
/// </param>
public sealed record UpdateStatement(string Table, UpdateExpression Update, Condition Where, string? Returning)
    : Statement(Table);

/// <summary>A DELETE FROM … WHERE statement.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Where">The condition, which includes the key.</param>
/// <param name="Returning">ALL_OLD, or null if not given.</param>
public sealed record DeleteStatement(string Table, Condition Where, string? Returning) : Statement(Table);

/// <summary>An EXISTS(SELECT …) statement: a condition in a transaction.</summary>
/// <param name="Select">The inner statement.</param>
public sealed record ExistsStatement(SelectStatement Select) : Statement(Select.Table);

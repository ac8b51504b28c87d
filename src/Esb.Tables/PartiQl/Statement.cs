using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>A PartiQL statement with its parameters filled in.</summary>
/// <param name="Table">The name of the table.</param>
public abstract record Statement(string Table);

/// <summary>SELECT.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Index">The name of the index, if one is read.</param>
/// <param name="Projection">What is read of the items; null for all.</param>
/// <param name="Where">The condition, if there is one.</param>
/// <param name="Orders">ORDER BY: the attributes, in the order in which they are written.</param>
public sealed record SelectStatement(
    string Table, string? Index, Projection? Projection, Condition? Where, IReadOnlyList<SelectOrder> Orders)
    : Statement(Table)
{
    /// <summary>The order within a partition, if given.</summary>
    public SelectOrder? Order => Orders.Count == 0 ? null : Orders[^1];

    /// <summary>
    /// The parts to read, in order and without overlap, if the condition has an equality on the partition key, or
    /// several that are connected by OR or IN. Null if everything must be scanned. <see cref="Where"/> still holds for
    /// what is read.
    /// </summary>
    /// <exception cref="TableException">The condition, or ORDER BY, does not fit the keys.</exception>
    public IReadOnlyList<KeyCondition>? KeysFor(KeySchema keys)
    {
        if (Orders.Count > 0 && Where is null)
            throw TableException.Validation("Must have WHERE clause in the statement when using ORDER BY clause.");
        var reads = SelectKeys.Of(Where, keys);
        return Orders.Count == 0 ? reads : SelectOrders.Sorted(Orders, reads, keys);
    }
}

/// <summary>ORDER BY of one attribute.</summary>
/// <param name="Attribute">The attribute: a key.</param>
/// <param name="IsDescending">Whether the highest comes first.</param>
public sealed record SelectOrder(string Attribute, bool IsDescending);

/// <summary>INSERT INTO … VALUE.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Item">The item; fails with DuplicateItemException if its key exists.</param>
public sealed record InsertStatement(string Table, MapValue Item) : Statement(Table);

/// <summary>UPDATE … SET/REMOVE … WHERE.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Update">The actions.</param>
/// <param name="Where">The condition, with the key.</param>
/// <param name="Returning">RETURNING as ReturnValues names it, e.g. ALL_NEW; null if not given.</param>
public sealed record UpdateStatement(string Table, UpdateExpression Update, Condition Where, string? Returning)
    : Statement(Table);

/// <summary>DELETE FROM … WHERE.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Where">The condition, with the key.</param>
/// <param name="Returning">ALL_OLD, or null if not given.</param>
public sealed record DeleteStatement(string Table, Condition Where, string? Returning) : Statement(Table);

/// <summary>EXISTS(SELECT …): a condition of a transaction.</summary>
/// <param name="Select">The statement within.</param>
public sealed record ExistsStatement(SelectStatement Select) : Statement(Select.Table);

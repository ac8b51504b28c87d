using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Transactions;

/// <summary>The limits of one transaction: each item once, and 4 MB in total.</summary>
internal sealed class TransactionLimits
{
    private const long MostBytes = 4 * 1024 * 1024;

    private readonly HashSet<(string Table, MapValue Key)> _items = [];
    private long _bytes;

    /// <summary>Adds the item that an action concerns.</summary>
    /// <exception cref="TableException">Another action concerns the same item.</exception>
    public void AddItem(string table, MapValue key)
    {
        if (!_items.Add((table, key)))
            throw TableException.Validation("Transaction request cannot include multiple operations on one item");
    }

    /// <summary>Adds the size of an item.</summary>
    /// <exception cref="TableException">All items together are too large.</exception>
    public void AddBytes(long bytes)
    {
        _bytes += bytes;
        if (_bytes > MostBytes)
        {
            throw TableException.Validation(
                "The aggregate size of the items in the transaction cannot exceed 4 MB");
        }
    }
}

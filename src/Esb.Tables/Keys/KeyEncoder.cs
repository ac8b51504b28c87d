using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>Turns key attributes into bytes that order as the keys do.</summary>
public static class KeyEncoder
{
    /// <summary>The key of an item that is to be stored.</summary>
    /// <exception cref="Errors.TableException">
    /// A key attribute is missing, has another type, is empty or too long.
    /// </exception>
    public static ItemKey Of(KeySchema keys, MapValue item) => throw new NotImplementedException();

    /// <summary>The key of a request, which consists of the key attributes and nothing else.</summary>
    /// <exception cref="Errors.TableException">It does not, or a value is empty or too long.</exception>
    public static ItemKey OfKey(KeySchema keys, MapValue key) => throw new NotImplementedException();

    /// <summary>
    /// The place of an item in an index; null when the index does not contain the item, because a key attribute of the
    /// index is missing or has another type.
    /// </summary>
    public static Bytes? OfIndex(TableDefinition table, IndexDefinition index, MapValue item) =>
        throw new NotImplementedException();

    /// <summary>Checks those attributes of an item that are keys of an index.</summary>
    /// <exception cref="Errors.TableException">One has another type, or is empty or too long.</exception>
    public static void CheckIndexKeys(TableDefinition table, MapValue item) => throw new NotImplementedException();

    /// <summary>
    /// The place where a page begins: after this key of a table, or of an index together with the key of the table.
    /// </summary>
    /// <exception cref="Errors.TableException">It is not such a key.</exception>
    public static Bytes PositionOf(TableDefinition table, IndexDefinition? index, MapValue startKey) =>
        throw new NotImplementedException();
}

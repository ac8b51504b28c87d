using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>Turns key attributes into bytes that sort as the keys do.</summary>
public static class KeyEncoder
{
    /// <summary>The key of an item that is about to be stored.</summary>
    /// <exception cref="Errors.TableException">
    /// A key attribute is missing, has the wrong type, is empty, or is too long.
    /// </exception>
    public static ItemKey Of(KeySchema keys, MapValue item)
    {
        foreach (var (name, type) in keys.Attributes)
        {
            if (!item.Members.TryGetValue(name, out var value))
                throw KeyErrors.Missing(name);
            if (value.Type != type)
                throw KeyErrors.OtherType(name, type, value.Type);
        }

        return Encoded(keys, item);
    }

    /// <summary>The key in a request, which must consist of the key attributes and nothing else.</summary>
    /// <exception cref="Errors.TableException">
    /// The attributes are not those of the key, have the wrong types, or have values that are empty or too long.
    /// </exception>
    public static ItemKey OfKey(KeySchema keys, MapValue key)
    {
        if (key.Members.Count != (keys.Range is null ? 1 : 2) || !HasTypes(keys, key))
            throw KeyErrors.OtherSchema;
        return Encoded(keys, key);
    }

    /// <summary>
    /// The position of an item in an index. Null when the index does not contain the item, because a key attribute of
    /// the index is missing or has a value that cannot be a key.
    /// </summary>
    public static Bytes? OfIndex(TableDefinition table, IndexDefinition index, MapValue item)
    {
        var keys = index.Keys;
        if (!HasTypes(keys, item))
            return null;
        if (!AreInRange(keys.Hashes, item, KeyValue.LongestHash)
            || !AreInRange(keys.Ranges, item, KeyValue.LongestRange))
        {
            return null;
        }

        var bytes = new KeyBytes();
        AppendKey(bytes, keys, item);
        AppendKey(bytes, table.Keys, item);
        return bytes.ToBytes();
    }

    /// <summary>
    /// The position after which a page begins. It is given as a key of the table, or as a key of an index together with
    /// the key of the table.
    /// </summary>
    /// <exception cref="Errors.TableException">The attributes are not such a key.</exception>
    public static Bytes PositionOf(TableDefinition table, IndexDefinition? index, MapValue startKey)
    {
        var names = table.Keys.Attributes.Concat(index?.Keys.Attributes ?? []).Distinct().Count();
        if (startKey.Members.Count != names || !HasTypes(table.Keys, startKey))
            throw KeyErrors.OtherStart;
        return index is null
            ? Encoded(table.Keys, startKey).Bytes
            : OfIndex(table, index, startKey) ?? throw KeyErrors.OtherStart;
    }

    private static bool HasTypes(KeySchema keys, MapValue item) => keys.Attributes.All(
        key => item.Members.TryGetValue(key.Name, out var value) && value.Type == key.Type);

    // The limits apply to all attributes of the partition key together, and to all of the sort key.
    private static bool AreInRange(IEnumerable<AttributeDefinition> keys, MapValue item, int longest)
    {
        var total = 0;
        foreach (var key in keys)
        {
            var length = KeyValue.Length(item.Members[key.Name]);
            if (length == 0)
                return false;
            total += length;
        }

        return total <= longest;
    }

    private static ItemKey Encoded(KeySchema keys, MapValue item)
    {
        var attributes = new Dictionary<string, AttributeValue>(2);
        foreach (var (name, type) in keys.Attributes)
        {
            var value = item.Members[name];
            var length = KeyValue.Length(value);
            if (length == 0)
                throw KeyErrors.Empty(name, type);
            var isHash = attributes.Count == 0;
            if (length > (isHash ? KeyValue.LongestHash : KeyValue.LongestRange))
                throw KeyErrors.TooLong(isHash);
            attributes.Add(name, value);
        }

        var key = new MapValue(attributes);
        var bytes = new KeyBytes();
        AppendKey(bytes, keys, key);
        return new ItemKey(bytes.ToBytes(), key);
    }

    private static void AppendKey(KeyBytes bytes, KeySchema keys, MapValue item)
    {
        bytes.Partition(KeyValue.Bytes(item.Members[keys.Hash]));
        foreach (var key in keys.Attributes.Skip(1))
            bytes.Part(KeyValue.Bytes(item.Members[key.Name]));
    }
}

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
        foreach (var (name, type) in Attributes(keys))
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
        var hash = item.Members[keys.Hash];
        var range = keys.Range is null ? null : item.Members[keys.Range];
        if (!IsInRange(hash, KeyValue.LongestHash) || (range is not null && !IsInRange(range, KeyValue.LongestRange)))
            return null;
        var bytes = new KeyBytes();
        Append(bytes, hash, range);
        AppendKey(bytes, table.Keys, item);
        return bytes.ToBytes();
    }

    /// <summary>Checks the attributes of an item that are keys of an index.</summary>
    /// <exception cref="Errors.TableException">An attribute has the wrong type, is empty, or is too long.</exception>
    public static void CheckIndexKeys(TableDefinition table, MapValue item)
    {
        foreach (var index in table.Indexes.Where(i => i.Status != IndexStatus.Deleting))
        {
            foreach (var (name, type) in Attributes(index.Keys))
            {
                if (!item.Members.TryGetValue(name, out var value))
                    continue;
                if (value.Type != type)
                    throw KeyErrors.OtherIndexType(index, name, type, value.Type);
                var length = KeyValue.Length(value);
                if (length == 0)
                    throw KeyErrors.EmptyInIndex(index, name, type);
                var isHash = name == index.Keys.Hash;
                if (length > (isHash ? KeyValue.LongestHash : KeyValue.LongestRange))
                    throw KeyErrors.TooLong(isHash);
            }
        }
    }

    /// <summary>
    /// The position after which a page begins. It is given as a key of the table, or as a key of an index together with
    /// the key of the table.
    /// </summary>
    /// <exception cref="Errors.TableException">The attributes are not such a key.</exception>
    public static Bytes PositionOf(TableDefinition table, IndexDefinition? index, MapValue startKey)
    {
        var names = Attributes(table.Keys).Concat(index is null ? [] : Attributes(index.Keys)).Distinct().Count();
        if (startKey.Members.Count != names || !HasTypes(table.Keys, startKey))
            throw KeyErrors.OtherStart;
        return index is null
            ? Encoded(table.Keys, startKey).Bytes
            : OfIndex(table, index, startKey) ?? throw KeyErrors.OtherStart;
    }

    private static IEnumerable<(string Name, AttributeType Type)> Attributes(KeySchema keys)
    {
        yield return (keys.Hash, keys.HashType);
        if (keys.Range is not null)
            yield return (keys.Range, keys.RangeType!.Value);
    }

    private static bool HasTypes(KeySchema keys, MapValue item) =>
        Attributes(keys).All(a => item.Members.TryGetValue(a.Name, out var value) && value.Type == a.Type);

    private static bool IsInRange(AttributeValue value, int longest) => KeyValue.Length(value) is > 0 and var length
        && length <= longest;

    private static ItemKey Encoded(KeySchema keys, MapValue item)
    {
        var attributes = new Dictionary<string, AttributeValue>(2);
        foreach (var (name, type) in Attributes(keys))
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

    private static void AppendKey(KeyBytes bytes, KeySchema keys, MapValue item) =>
        Append(bytes, item.Members[keys.Hash], keys.Range is null ? null : item.Members[keys.Range]);

    private static void Append(KeyBytes bytes, AttributeValue hash, AttributeValue? range)
    {
        bytes.Partition(KeyValue.Bytes(hash));
        if (range is not null)
            bytes.Part(KeyValue.Bytes(range));
    }
}

using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>Checks the attributes of items that are keys of indexes.</summary>
public static class IndexKeys
{
    /// <summary>Checks an item that is put.</summary>
    /// <exception cref="Errors.TableException">An attribute has the wrong type, is empty, or is too long.</exception>
    public static void Require(TableDefinition table, MapValue item)
    {
        foreach (var index in ChangedIndexes(table))
        {
            foreach (var (name, type) in index.Keys.Attributes)
            {
                if (!item.Members.TryGetValue(name, out var value))
                    continue;
                if (value.Type != type)
                    throw KeyErrors.OtherIndexType(index, name, type, value.Type);
                if (KeyValue.Length(value) == 0)
                    throw KeyErrors.EmptyInIndex(index, name, type);
            }

            if (Length(index.Keys.Hashes, item) > KeyValue.LongestHash)
                throw KeyErrors.TooLong(isHash: true);
            if (Length(index.Keys.Ranges, item) > KeyValue.LongestRange)
                throw KeyErrors.TooLong(isHash: false);
        }
    }

    /// <summary>
    /// Checks an item after an update. Attributes that the update has not changed can have any value, because the
    /// index may be younger than the item.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="item">The item after the update.</param>
    /// <param name="changed">The attributes that the update changes.</param>
    /// <exception cref="Errors.TableException">An attribute has the wrong type, is empty, or is too long.</exception>
    public static void RequireUpdated(TableDefinition table, MapValue item, IReadOnlySet<string> changed)
    {
        foreach (var index in ChangedIndexes(table).Where(i => i.Keys.Attributes.Any(k => changed.Contains(k.Name))))
        {
            foreach (var (name, type) in index.Keys.Attributes)
            {
                if (!changed.Contains(name) || !item.Members.TryGetValue(name, out var value))
                    continue;
                if (value.Type != type)
                    throw KeyErrors.UpdatedToOtherType;
                if (KeyValue.Length(value) == 0)
                    throw KeyErrors.UpdatedToEmpty(type);
            }

            if (Length(index.Keys.Hashes, item) > KeyValue.LongestHash
                || Length(index.Keys.Ranges, item) > KeyValue.LongestRange)
            {
                throw KeyErrors.UpdatedToTooLong;
            }
        }
    }

    /// <summary>Checks the values that an update sets, as far as their types are known without the item.</summary>
    /// <exception cref="Errors.TableException">A value has the wrong type.</exception>
    public static void RequireTypes(TableDefinition table, UpdateExpression update)
    {
        foreach (var index in ChangedIndexes(table))
        {
            foreach (var (name, type) in index.Keys.Attributes)
            {
                var given = update.Actions
                    .Where(action => action.Path.Root == name && action.Path.Steps.Count == 0)
                    .Select(action => action.FixedType)
                    .FirstOrDefault(found => found is not null && found != type);
                if (given is { } other)
                    throw KeyErrors.OtherIndexType(index, name, type, other);
            }
        }
    }

    private static IEnumerable<IndexDefinition> ChangedIndexes(TableDefinition table) =>
        table.Indexes.Where(index => index.Status != IndexStatus.Deleting);

    private static int Length(IEnumerable<AttributeDefinition> keys, MapValue item) => keys.Sum(
        key => item.Members.TryGetValue(key.Name, out var value) && value.Type == key.Type
            ? KeyValue.Length(value)
            : 0);
}

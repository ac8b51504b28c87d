using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Keys;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>
/// Writes single items, each with its condition. Single requests, batches, transactions and statements all use these
/// methods.
/// </summary>
internal static class ItemWrites
{
    /// <summary>Creates or replaces an item.</summary>
    /// <exception cref="TableException">The key is not valid, or the condition is false.</exception>
    public static ItemWrite Put(WriteSession session, string table, MapValue item, WriteCondition condition)
    {
        var definition = session.RequireTable(table);
        definition.RequireScalarKeys(condition.Condition?.Paths);
        var key = KeyEncoder.Of(definition.Keys, item);
        IndexKeys.Require(definition, item);
        var old = session.Get(definition, key);
        condition.Require(old);
        session.Put(definition, key, item, old);
        return new ItemWrite(definition, old, item);
    }

    /// <summary>Deletes an item if it exists.</summary>
    /// <exception cref="TableException">The key is not valid, or the condition is false.</exception>
    public static ItemWrite Delete(WriteSession session, string table, MapValue keyItem, WriteCondition condition)
    {
        var definition = session.RequireTable(table);
        definition.RequireScalarKeys(condition.Condition?.Paths);
        var key = KeyEncoder.OfKey(definition.Keys, keyItem);
        var old = session.Get(definition, key);
        condition.Require(old);
        if (old is not null)
            session.Delete(definition, key, old);
        return new ItemWrite(definition, old, null);
    }

    /// <summary>Creates or changes an item.</summary>
    /// <exception cref="TableException">The key or the update is not valid, or the condition is false.</exception>
    public static ItemUpdate Update(
        WriteSession session, string table, MapValue keyItem, UpdateExpression update, WriteCondition condition)
    {
        var definition = session.RequireTable(table);
        var key = KeyEncoder.OfKey(definition.Keys, keyItem);
        update.RequireNoKeys(definition.Keys);
        IndexKeys.RequireTypes(definition, update);
        definition.RequireScalarKeys(update.Paths);
        definition.RequireScalarKeys(condition.Condition?.Paths);
        var old = session.Get(definition, key);
        condition.Require(old);
        var result = update.Apply(old ?? keyItem);
        if (ItemSize.Of(result.Item) > ItemSize.Most)
            throw TableException.Validation("Item size to update has exceeded the maximum allowed size");
        IndexKeys.RequireUpdated(definition, result.Item, update.ChangedAttributes);
        session.Put(definition, key, result.Item, old);
        return new ItemUpdate(new ItemWrite(definition, old, result.Item), result);
    }

    /// <summary>Checks a condition on an item without writing.</summary>
    /// <exception cref="TableException">The key is not valid, or the condition is false.</exception>
    public static ItemWrite Check(ReadSession session, string table, MapValue keyItem, WriteCondition condition)
    {
        var definition = session.RequireTable(table);
        definition.RequireScalarKeys(condition.Condition?.Paths);
        var item = session.Get(definition, KeyEncoder.OfKey(definition.Keys, keyItem));
        condition.Require(item);
        return new ItemWrite(definition, item, item);
    }

    /// <summary>Checks the size of an item in a request.</summary>
    /// <exception cref="TableException">The item is larger than 400 KB.</exception>
    public static void RequireSize(MapValue item)
    {
        if (ItemSize.Of(item) > ItemSize.Most)
            throw TableException.Validation("Item size has exceeded the maximum allowed size");
    }
}

using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Operations.Items;
using Esb.Tables.Operations.Tables;
using Esb.Tables.PartiQl;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>Runs statements that write. Each of them concerns one item.</summary>
internal static class StatementWrites
{
    /// <summary>Runs one statement.</summary>
    /// <exception cref="TableException">
    /// The statement is not valid for the table, or its condition is false.
    /// </exception>
    public static StatementWrite Run(WriteSession session, Statement statement, bool returnsItem) => statement switch
    {
        InsertStatement insert => Insert(session, insert, returnsItem),
        UpdateStatement update => Update(session, update, returnsItem),
        DeleteStatement delete => Delete(session, delete, returnsItem),
        ExistsStatement exists => new StatementWrite(Exists(session, exists, returnsItem), null),
        _ => throw new InvalidOperationException("A statement that reads is not one that writes."),
    };

    /// <summary>The key of the item that a statement concerns; null if the statement itself is not valid.</summary>
    /// <exception cref="TableException">There is no such table.</exception>
    public static MapValue? KeyOf(ReadSession session, Statement statement)
    {
        var keys = session.RequireTable(statement.Table).Keys;
        try
        {
            return statement switch
            {
                InsertStatement insert => KeyEncoder.Of(keys, insert.Item).Attributes,
                UpdateStatement update => WriteKey.Of(update.Where, keys).Key,
                DeleteStatement delete => WriteKey.Of(delete.Where, keys).Key,
                ExistsStatement { Select.Where: { } where } => WriteKey.Of(where, keys, isCheck: true).Key,
                _ => null,
            };
        }
        catch (TableException)
        {
            return null;
        }
    }

    private static StatementWrite Insert(WriteSession session, InsertStatement insert, bool returnsItem)
    {
        ItemWrites.RequireSize(insert.Item);
        var condition = new WriteCondition(null, returnsItem, MustExist: false);
        try
        {
            return new StatementWrite(ItemWrites.Put(session, insert.Table, insert.Item, condition), null);
        }
        catch (ConditionFailedException)
        {
            throw new TableException("DuplicateItemException", "Duplicate primary key exists in table");
        }
    }

    private static StatementWrite Update(WriteSession session, UpdateStatement update, bool returnsItem)
    {
        var (key, condition) = Target(session, update.Table, update.Where, returnsItem);
        var result = ItemWrites.Update(session, update.Table, key, update.Update, condition);
        return new StatementWrite(result.Write, ReturnValues.Of(update.Returning, result.Write.Old, result.Result));
    }

    private static StatementWrite Delete(WriteSession session, DeleteStatement delete, bool returnsItem)
    {
        var (key, condition) = Target(session, delete.Table, delete.Where, returnsItem);

        // Without a further condition, the item to delete need not exist.
        if (condition.Condition is null)
            condition = condition with { MustExist = null };
        var write = ItemWrites.Delete(session, delete.Table, key, condition);
        return new StatementWrite(write, delete.Returning is null ? null : write.Old);
    }

    private static ItemWrite Exists(WriteSession session, ExistsStatement exists, bool returnsItem)
    {
        var where = exists.Select.Where
            ?? throw TableException.Validation("EXISTS needs a WHERE clause that names the key of one item");
        var (key, condition) = Target(session, exists.Table, where, returnsItem);
        if (condition.Condition is null)
        {
            throw TableException.Validation(
                "EXISTS() must contain a single item read with additional condition");
        }

        return ItemWrites.Check(session, exists.Table, key, condition);
    }

    /// <summary>The item that a WHERE clause names, with the rest of its condition. The item must exist.</summary>
    private static (MapValue Key, WriteCondition Condition) Target(
        WriteSession session, string table, Expressions.Condition where, bool returnsItem)
    {
        var keys = session.RequireTable(table).Keys;
        var target = WriteKey.Of(where, keys);
        return (target.Key, new WriteCondition(target.Rest, returnsItem, MustExist: true));
    }
}

/// <summary>The result of a statement.</summary>
/// <param name="Write">The result of the write.</param>
/// <param name="Returned">The attributes that the statement returns, or null.</param>
internal sealed record StatementWrite(ItemWrite Write, MapValue? Returned);

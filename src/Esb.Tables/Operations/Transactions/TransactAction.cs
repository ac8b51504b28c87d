using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Keys;
using Esb.Tables.Operations.Items;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Transactions;

/// <summary>One write or check of a transaction.</summary>
/// <param name="TableText">The table as the request names it.</param>
/// <param name="Item">The item to put, or the key of the item.</param>
/// <param name="ValueBytes">The size of the values in the expressions of the action.</param>
/// <param name="Run">Runs the action.</param>
internal sealed record TransactAction(
    string TableText, MapValue Item, int ValueBytes, Func<WriteSession, ItemWrite> Run)
{
    private static readonly string[] Kinds = ["ConditionCheck", "Put", "Delete", "Update"];

    private static readonly (string Name, Shape Shape)[] Conditional =
    [
        Members.TableName,
        Members.ReturnValuesOnConditionCheckFailure,
        Members.ExpressionAttributeNames,
        Members.ExpressionAttributeValues,
    ];

    public static readonly StructureShape Shape = new(
        "TransactWriteItem",
        ("ConditionCheck", new StructureShape(
            "ConditionCheck",
            [
                ("Key", Members.RequiredItem),
                ("ConditionExpression", Members.RequiredText),
                .. Conditional,
            ])),
        ("Put", new StructureShape(
            "Put", [("Item", Members.RequiredItem), Members.ConditionExpression, .. Conditional])),
        ("Delete", new StructureShape(
            "Delete", [("Key", Members.RequiredItem), Members.ConditionExpression, .. Conditional])),
        ("Update", new StructureShape(
            "Update",
            [
                ("Key", Members.RequiredItem),
                ("UpdateExpression", Members.RequiredText),
                Members.ConditionExpression,
                .. Conditional,
            ])))
    { IsElement = true };

    /// <exception cref="TableException">The action is not valid.</exception>
    public static TransactAction Read(Input input)
    {
        var kinds = Kinds.Where(input.Has).ToArray();
        if (kinds.Length != 1)
        {
            throw TableException.Validation(
                "TransactItems can only contain one of Check, Put, Update or Delete");
        }

        var action = input.Structure(kinds[0])!.Value;
        var table = action.TableName;
        var item = action.Item(kinds[0] == "Put" ? "Item" : "Key")!;
        var names = ExpressionInput.Names(action);
        var update = kinds[0] == "Update"
            ? UpdateParser.Parse(action.RequiredText("UpdateExpression"), names)
            : UpdateExpression.Empty;
        var condition = WriteCondition.Read(action, names);
        if (kinds[0] == "Put")
            ItemWrites.RequireSize(item);
        var values = action.Item("ExpressionAttributeValues");
        return new TransactAction(
            action.RequiredText("TableName"), item, values is null ? 0 : ItemSize.Of(values), kinds[0] switch
            {
                "ConditionCheck" => session => ItemWrites.Check(session, table, item, condition),
                "Put" => session => ItemWrites.Put(session, table, item, condition),
                "Delete" => session => ItemWrites.Delete(session, table, item, condition),
                _ => session => ItemWrites.Update(session, table, item, update, condition).Write,
            });
    }

    /// <summary>
    /// Checks the keys and the sizes of all actions. Unlike other errors in an action, an empty key fails the whole
    /// request.
    /// </summary>
    /// <exception cref="TableException">
    /// Two actions concern the same item, a key is empty, a table does not exist, or the items are too large.
    /// </exception>
    public static void RequireLimits(ReadSession session, IReadOnlyList<TransactAction> actions)
    {
        var limits = new TransactionLimits();
        foreach (var action in actions)
        {
            var table = session.RequireTable(TableNameShape.NameOf(action.TableText));
            if (KeyOf(table, action.Item) is { } key)
                limits.AddItem(table.Name, key);
        }

        foreach (var action in actions)
            limits.AddBytes(ItemSize.Of(action.Item) + action.ValueBytes);
    }

    /// <summary>The key of an item; null if the item has no valid key, which the action itself reports.</summary>
    private static MapValue? KeyOf(TableDefinition table, MapValue item) =>
        Has(item, table.Keys.Hash, table.Keys.HashType)
        && (table.Keys.Range is not { } range || Has(item, range, table.Keys.RangeType!.Value))
            ? KeyEncoder.Of(table.Keys, item).Attributes
            : null;

    private static bool Has(MapValue item, string name, AttributeType type) =>
        item.Members.TryGetValue(name, out var value) && value.Type == type;
}

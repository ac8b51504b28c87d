using Esb.Tables.Expressions;
using Esb.Tables.Legacy;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>Changes attributes of an item, or creates the item.</summary>
internal sealed class UpdateItem(TablesContext context) : Operation("UpdateItem", Request)
{
    private static readonly StructureShape Request = new(
        "UpdateItemInput",
        Members.ReturnConsumedCapacity,
        Members.TableName,
        ("Key", Members.RequiredItem),
        Members.ConditionalOperator,
        Members.Expected,
        ("AttributeUpdates", new MapShape(
            new StructureShape(
                "AttributeValueUpdate",
                ("Value", new AttributeValueShape { IsMember = true }),
                ("Action", new TextShape { OneOf = ["ADD", "DELETE", "PUT"] }))
            { IsElement = true },
            "AttributeValueUpdate")),
        Members.ReturnValues,
        Members.ReturnItemCollectionMetrics,
        Members.ReturnValuesOnConditionCheckFailure,
        ("UpdateExpression", Members.Text),
        Members.ConditionExpression,
        Members.ExpressionAttributeValues,
        Members.ExpressionAttributeNames);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var (key, update, condition) = WriteValidation.Read(() => Read(input));

        var result = await context.Database.WriteAsync(
            session => ItemWrites.Update(session, input.TableName, key, update, condition), cancellation);
        return WriteAnswer.Of(
            input, result.Write, ReturnValues.Of(input.Text("ReturnValues"), result.Write.Old, result.Result));
    }

    private static (MapValue Key, UpdateExpression Update, WriteCondition Condition) Read(Input input)
    {
        ExpressionStyles.Require(
            input.Json, ["UpdateExpression", "ConditionExpression"], ["AttributeUpdates", "Expected"]);
        var key = input.Item("Key")!;
        var names = ExpressionInput.Names(input);
        var update = Update(input, names);
        return (key, update, WriteCondition.Read(input, names));
    }

    private static UpdateExpression Update(Input input, ExpressionNames names) =>
        input.Text("UpdateExpression") is { } text
            ? UpdateParser.Parse(text, names)
            : input.Member("AttributeUpdates") is { } updates
                ? AttributeUpdates.Read(updates)
                : UpdateExpression.Empty;
}

using Esb.Tables.Legacy;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>Creates or replaces an item.</summary>
internal sealed class PutItem(TablesContext context) : Operation("PutItem", Request)
{
    private static readonly StructureShape Request = new(
        "PutItemInput",
        Members.ReturnConsumedCapacity,
        Members.TableName,
        ("Item", Members.RequiredItem),
        Members.ConditionalOperator,
        Members.Expected,
        Members.ReturnValues,
        Members.ReturnItemCollectionMetrics,
        Members.ReturnValuesOnConditionCheckFailure,
        Members.ConditionExpression,
        Members.ExpressionAttributeValues,
        Members.ExpressionAttributeNames);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var (item, condition) = WriteValidation.Read(() => Read(input));

        var write = await context.Database.WriteAsync(
            session => ItemWrites.Put(session, input.TableName, item, condition), cancellation);
        return WriteAnswer.Of(input, write, input.Text("ReturnValues") == "ALL_OLD" ? write.Old : null);
    }

    private static (MapValue Item, WriteCondition Condition) Read(Input input)
    {
        ExpressionStyles.Require(input.Json, ["ConditionExpression"], ["Expected"]);
        var item = input.Item("Item")!;
        ReturnValues.RequireOldOrNone(input);
        ItemWrites.RequireSize(item);
        return (item, WriteCondition.Read(input));
    }
}

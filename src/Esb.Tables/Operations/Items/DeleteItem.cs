using Esb.Tables.Legacy;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>Deletes an item by its key.</summary>
internal sealed class DeleteItem(TablesContext context) : Operation("DeleteItem", Request)
{
    private static readonly StructureShape Request = new(
        "DeleteItemInput",
        Members.ReturnConsumedCapacity,
        Members.TableName,
        ("Key", Members.RequiredItem),
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
        var (key, condition) = WriteValidation.Read(() => Read(input));

        var write = await context.Database.WriteAsync(
            session => ItemWrites.Delete(session, input.TableName, key, condition), cancellation);
        return WriteAnswer.Of(
            input,
            write.Old is null ? write with { New = key } : write,
            input.Text("ReturnValues") == "ALL_OLD" ? write.Old : null);
    }

    private static (MapValue Key, WriteCondition Condition) Read(Input input)
    {
        ExpressionStyles.Require(input.Json, ["ConditionExpression"], ["Expected"]);
        var key = input.Item("Key")!;
        ReturnValues.RequireOldOrNone(input);
        return (key, WriteCondition.Read(input));
    }
}

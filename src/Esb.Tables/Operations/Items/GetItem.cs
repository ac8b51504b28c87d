using Esb.Tables.Keys;
using Esb.Tables.Legacy;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>Reads one item by its key.</summary>
internal sealed class GetItem(TablesContext context) : Operation("GetItem", Request)
{
    private static readonly StructureShape Request = new(
        "GetItemInput",
        Members.ReturnConsumedCapacity,
        Members.AttributesToGet,
        Members.TableName,
        ("Key", Members.RequiredItem),
        Members.ConsistentRead,
        Members.ProjectionExpression,
        Members.ExpressionAttributeNames);

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        ExpressionStyles.Require(input.Json, ["ProjectionExpression"], ["AttributesToGet"]);
        var attributes = input.Item("Key")!;
        var names = ExpressionInput.Names(input);
        var projection = ExpressionInput.Projection(input, names);
        names.RequireAllUsed();

        var item = context.Database.Read(session =>
        {
            var table = session.RequireTable(input.TableName);
            table.RequireScalarKeys(projection?.Paths);
            return session.Get(table, KeyEncoder.OfKey(table.Keys, attributes));
        });

        return Task.FromResult(Answer.Of(json =>
        {
            if (item is not null)
            {
                json.WritePropertyName("Item");
                ValueWriter.WriteItem(json, projection is null ? item : projection.Apply(item));
            }

            ConsumedCapacity.WriteMember(json, input, input.RequiredText("TableName"), capacity => capacity.Add(
                CapacityUnits.OfRead(item is null ? 0 : ItemSize.Of(item), input.Flag("ConsistentRead"))));
        }));
    }
}

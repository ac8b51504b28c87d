using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Batches;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Operations.Items;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Transactions;

/// <summary>Runs up to 100 writes and checks in one or more tables, either all or none of them.</summary>
internal sealed class TransactWriteItems(TablesContext context) : Operation("TransactWriteItems", Request)
{
    private static readonly StructureShape Request = new(
        "TransactWriteItemsInput",
        Members.ReturnConsumedCapacity,
        Members.ReturnItemCollectionMetrics,
        Idempotency.Token,
        ("TransactItems", new ListShape(TransactAction.Shape) { IsRequired = true, Fewest = 1, Most = 100 }));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var actions = input.Structures("TransactItems")!.Select(TransactAction.Read).ToArray();
        return context.Database.WriteAsync(
            session => Idempotency.Once(session, input, input.Member("TransactItems")!.Value, () =>
            {
                TransactAction.RequireLimits(session, actions);
                var writes = TransactionRun.All(actions, action => action.Run(session));
                return Answer.Of(json => Write(json, input, actions, writes));
            }),
            cancellation);
    }

    private static void Write(
        Utf8JsonWriter json, Input input, IReadOnlyList<TransactAction> actions, IReadOnlyList<ItemWrite> writes)
    {
        var tables = actions.Zip(writes).GroupBy(pair => pair.First.TableText, pair => pair.Second).ToArray();
        BatchCapacity.WriteMember(json, input, tables.Select(table =>
        {
            var capacity = new ConsumedCapacity(table.Key, "WriteCapacityUnits");
            foreach (var write in table)
                write.AddTo(capacity, factor: 2);
            return capacity;
        }));
        if (input.Text("ReturnItemCollectionMetrics") != "SIZE")
            return;
        json.WriteStartObject("ItemCollectionMetrics");
        foreach (var table in tables.Where(table => table.First().Table.LocalIndexes.Count > 0))
        {
            json.WriteStartArray(table.Key);
            foreach (var write in table.Where(write => write.New is not null || write.Old is not null))
                ItemCollection.Write(json, write);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}

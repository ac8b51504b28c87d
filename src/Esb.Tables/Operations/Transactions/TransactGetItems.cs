using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Keys;
using Esb.Tables.Operations.Batches;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Operations.Items;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Transactions;

/// <summary>Reads up to 100 items from one or more tables, all from the same moment.</summary>
internal sealed class TransactGetItems(TablesContext context) : Operation("TransactGetItems", Request)
{
    private static readonly StructureShape Request = new(
        "TransactGetItemsInput",
        Members.ReturnConsumedCapacity,
        ("TransactItems", new ListShape(new StructureShape(
            "TransactGetItem",
            ("Get", new StructureShape(
                "Get",
                ("Key", Members.RequiredItem),
                Members.TableName,
                Members.ProjectionExpression,
                Members.ExpressionAttributeNames)
            { IsRequired = true }))
        { IsElement = true })
        {
            IsRequired = true,
            Fewest = 1,
            Most = 100,
        }));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var reads = input.Structures("TransactItems")!.Select(action => ItemRead.Of(action.Structure("Get")!.Value))
            .ToArray();
        var items = context.Database.Read(session =>
        {
            var limits = new TransactionLimits();
            var keys = TransactionRun.All(reads, read => read.Find(session));
            foreach (var (table, key) in keys)
                limits.AddItem(table.Name, key.Attributes);
            return keys.Select(found => Item(session, found.Table, found.Key, limits)).ToArray();
        });
        return Task.FromResult(Answer.Of(json => Write(json, input, reads, items)));
    }

    private static MapValue? Item(
        ReadSession session, TableDefinition table, ItemKey key, TransactionLimits limits)
    {
        var found = session.Find(table, key);
        limits.AddBytes(found?.Size ?? 0);
        return found?.Item;
    }

    private static void Write(
        Utf8JsonWriter json, Input input, IReadOnlyList<ItemRead> reads, IReadOnlyList<MapValue?> items)
    {
        json.WriteStartArray("Responses");
        foreach (var (read, item) in reads.Zip(items))
        {
            json.WriteStartObject();
            if (item is not null)
            {
                json.WritePropertyName("Item");
                ValueWriter.WriteItem(json, read.Projection?.Apply(item) ?? item);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        BatchCapacity.WriteMember(json, input, reads.Zip(items).GroupBy(pair => pair.First.Table).Select(table =>
        {
            // A read in a transaction counts twice.
            var capacity = new ConsumedCapacity(table.Key, "ReadCapacityUnits");
            foreach (var (_, item) in table)
                capacity.Add(2 * CapacityUnits.OfRead(item is null ? 0 : ItemSize.Of(item), isConsistent: true));
            return capacity;
        }));
    }

    private sealed record ItemRead(string Table, MapValue Key, Projection? Projection)
    {
        public static ItemRead Of(Input input)
        {
            var names = ExpressionInput.Names(input);
            var projection = ExpressionInput.Projection(input, names);
            names.RequireAllUsed();
            return new ItemRead(input.RequiredText("TableName"), input.Item("Key")!, projection);
        }

        public (TableDefinition Table, ItemKey Key) Find(ReadSession session)
        {
            var table = session.RequireTable(TableNameShape.NameOf(Table));
            table.RequireScalarKeys(Projection?.Paths);
            return (table, KeyEncoder.OfKey(table.Keys, Key));
        }
    }
}

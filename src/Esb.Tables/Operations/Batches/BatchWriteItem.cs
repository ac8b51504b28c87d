using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Operations.Items;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Batches;

/// <summary>Writes and deletes up to 25 items in one or more tables, all in one step.</summary>
internal sealed class BatchWriteItem(TablesContext context) : Operation("BatchWriteItem", Request)
{
    private const int Most = 25;

    private static readonly StructureShape Request = new(
        "BatchWriteItemInput",
        Members.ReturnConsumedCapacity,
        Members.ReturnItemCollectionMetrics,
        ("RequestItems", new MapShape(
            new ListShape(new StructureShape(
                "WriteRequest",
                ("DeleteRequest", new StructureShape("DeleteRequest", ("Key", Members.RequiredItem))),
                ("PutRequest", new StructureShape("PutRequest", ("Item", Members.RequiredItem))))
            { IsElement = true })
            {
                IsValueOfMap = true,
            },
            "java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>")
        {
            IsRequired = true,
            Fewest = 1,
            Keys = BatchShapes.TableNames,
            KeysMayBeArns = true,
            Lengths = (1, Most),
        }));

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var requests = input.StructureLists("RequestItems")
            .Select(table => (table.Name, Changes: (IReadOnlyList<Change>)[.. table.Structures.Select(Read)]))
            .ToArray();
        if (requests.Sum(table => table.Changes.Count) > Most)
            throw TableException.Validation("Too many items requested for the BatchWriteItem call");
        var writes = await context.Database.WriteAsync(
            session =>
            {
                foreach (var (name, changes) in requests)
                    RequireKeys(session, name, changes);
                return requests
                    .Select(table => (table.Name, Writes: Write(session, table.Name, table.Changes))).ToArray();
            },
            cancellation);
        return Answer.Of(json => Write(json, input, writes));
    }

    private static Change Read(Input request)
    {
        if (request.Structure("PutRequest") is { } put && !request.Has("DeleteRequest"))
        {
            var item = put.Item("Item")!;
            ItemWrites.RequireSize(item);
            return new Change(item, IsPut: true);
        }

        return request.Structure("DeleteRequest") is { } delete && !request.Has("PutRequest")
            ? new Change(delete.Item("Key")!, IsPut: false)
            : throw TableException.Validation(
                "Supplied AttributeValue has more than one datatypes set, "
                + "must contain exactly one of the supported datatypes");
    }

    private static void RequireKeys(WriteSession session, string name, IReadOnlyList<Change> changes)
    {
        var table = session.RequireTable(TableNameShape.NameOf(name));
        if (changes.Select(change => change.Item).Distinct().Count() < changes.Count)
            throw TableException.Validation("Provided list of item keys contains duplicates");
        var keys = new HashSet<Bytes>();
        foreach (var change in changes)
        {
            if (!keys.Add(Key(change).Bytes))
                throw TableException.Validation("Provided list of item keys contains duplicates");
        }

        ItemKey Key(Change change)
        {
            try
            {
                return change.IsPut
                    ? KeyEncoder.Of(table.Keys, change.Item)
                    : KeyEncoder.OfKey(table.Keys, change.Item);
            }
            catch (TableException e) when (e.Message.Contains("Missing the key", StringComparison.Ordinal)
                || e.Message.Contains("Type mismatch for key", StringComparison.Ordinal))
            {
                throw TableException.Validation("The provided key element does not match the schema");
            }
        }
    }

    private static IReadOnlyList<ItemWrite> Write(WriteSession session, string name, IReadOnlyList<Change> changes) =>
        [.. changes.Select(change => change.IsPut
            ? ItemWrites.Put(session, TableNameShape.NameOf(name), change.Item, WriteCondition.None)
            : ItemWrites.Delete(session, TableNameShape.NameOf(name), change.Item, WriteCondition.None))];

    private static void Write(
        Utf8JsonWriter json, Input input, IReadOnlyList<(string Name, IReadOnlyList<ItemWrite> Writes)> tables)
    {
        json.WriteStartObject("UnprocessedItems");
        json.WriteEndObject();
        if (input.Text("ReturnItemCollectionMetrics") == "SIZE")
        {
            json.WriteStartObject("ItemCollectionMetrics");
            foreach (var (name, writes) in tables.Where(
                table => table.Writes is [var first, ..] && first.Table.LocalIndexes.Count > 0))
            {
                json.WriteStartArray(name);
                foreach (var write in writes.Where(write => write.New is not null || write.Old is not null))
                    ItemCollection.Write(json, write);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        BatchCapacity.WriteMember(json, input, tables.Select(table =>
        {
            var capacity = new ConsumedCapacity(table.Name);
            foreach (var write in table.Writes)
                write.AddTo(capacity);
            return capacity;
        }));
    }

    /// <summary>One change.</summary>
    /// <param name="Item">The item to put, or the key of the item to delete.</param>
    /// <param name="IsPut">Whether the item is put; otherwise it is deleted.</param>
    private sealed record Change(MapValue Item, bool IsPut);
}

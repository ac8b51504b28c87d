using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Keys;
using Esb.Tables.Legacy;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Operations.Items;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Batches;

/// <summary>Reads up to 100 items from one or more tables.</summary>
internal sealed class BatchGetItem(TablesContext context) : Operation("BatchGetItem", Request)
{
    private const int MostKeys = 100;
    private const int MostBytes = 16 * 1024 * 1024;

    private static readonly StructureShape Request = new(
        "BatchGetItemInput",
        Members.ReturnConsumedCapacity,
        ("RequestItems", new MapShape(
            new StructureShape(
                "KeysAndAttributes",
                ("Keys", new ListShape(new MapShape(Members.Value, "AttributeValue") { IsParameterized = true })
                {
                    IsRequired = true,
                    Fewest = 1,
                    Most = MostKeys,
                }),
                Members.AttributesToGet,
                Members.ConsistentRead,
                Members.ProjectionExpression,
                Members.ExpressionAttributeNames)
            { IsElement = true },
            "KeysAndAttributes")
        {
            IsRequired = true,
            Fewest = 1,
            Keys = BatchShapes.TableNames,
            KeysMayBeArns = true,
        }));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var requests = input.StructureMap("RequestItems")!
            .Select(pair => TableKeys.Read(pair.Key, pair.Value)).ToArray();
        if (requests.Sum(request => request.Keys.Count) > MostKeys)
            throw TableException.Validation("Too many items requested for the BatchGetItem call");
        var bytes = 0L;
        var results = context.Database.Read(session => requests.Select(
            request => request.Read(session, ref bytes)).ToArray());
        return Task.FromResult(Answer.Of(json => Write(json, input, results)));
    }

    private static void Write(Utf8JsonWriter json, Input input, IReadOnlyList<TableItems> results)
    {
        json.WriteStartObject("Responses");
        foreach (var result in results)
        {
            json.WriteStartArray(result.Request.Name);
            foreach (var item in result.Items)
                ValueWriter.WriteItem(json, result.Request.Projection?.Apply(item) ?? item);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("UnprocessedKeys");
        foreach (var result in results.Where(result => result.Unprocessed.Count > 0))
            result.WriteUnprocessed(json);
        json.WriteEndObject();
        BatchCapacity.WriteMember(json, input, results.Select(result => result.Capacity));
    }

    /// <summary>The keys that a request asks for in one table.</summary>
    private sealed record TableKeys(string Name, Input Input, IReadOnlyList<MapValue> Keys, Projection? Projection)
    {
        public static TableKeys Read(string name, Input input)
        {
            ExpressionStyles.Require(input.Json, ["ProjectionExpression"], ["AttributesToGet"]);
            var names = ExpressionInput.Names(input);
            var projection = ExpressionInput.Projection(input, names);
            names.RequireAllUsed();
            var keys = input.Items("Keys");
            if (keys.Distinct().Count() != keys.Count)
                throw TableException.Validation("Provided list of item keys contains duplicates");
            return new TableKeys(name, input, keys, projection);
        }

        public TableItems Read(ReadSession session, ref long bytes)
        {
            var table = session.RequireTable(TableNameShape.NameOf(Name));
            table.RequireScalarKeys(Projection?.Paths);
            var keys = Keys.Select(key => KeyEncoder.OfKey(table.Keys, key)).ToArray();
            var found = new TableItems(this);
            foreach (var key in keys)
            {
                var item = session.Get(table, key);
                var size = item is null ? 0 : ItemSize.Of(item);
                if (bytes + size > MostBytes)
                {
                    found.Unprocessed.Add(key.Attributes);
                    continue;
                }

                found.Capacity.Add(CapacityUnits.OfRead(size, Input.Flag("ConsistentRead")));
                bytes += size;
                if (item is not null)
                    found.Items.Add(item);
            }

            return found;
        }
    }

    /// <summary>The items that were read from one table.</summary>
    private sealed class TableItems(TableKeys request)
    {
        public TableKeys Request => request;

        public List<MapValue> Items { get; } = [];

        public List<MapValue> Unprocessed { get; } = [];

        public ConsumedCapacity Capacity { get; } = new(request.Name);

        /// <summary>Writes a request for the items that were not read, which the client can send as it is.</summary>
        public void WriteUnprocessed(Utf8JsonWriter json)
        {
            json.WriteStartObject(request.Name);
            json.WriteStartArray("Keys");
            foreach (var key in Unprocessed)
                ValueWriter.WriteItem(json, key);
            json.WriteEndArray();
            foreach (var name in new[]
            {
                "AttributesToGet", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames",
            })
            {
                if (request.Input.Member(name) is { } member)
                {
                    json.WritePropertyName(name);
                    member.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }
    }
}

using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.PartiQl;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>Runs one PartiQL statement.</summary>
internal sealed class ExecuteStatement(TablesContext context) : Operation("ExecuteStatement", Request)
{
    private static readonly StructureShape Request = new(
        "ExecuteStatementInput",
        [
            .. StatementInput.Shapes,
            Members.ConsistentRead,
            ("NextToken", new TextShape { Shortest = 1, Longest = 32768 }),
            Members.ReturnConsumedCapacity,
            Members.Limit,
        ]);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var statement = StatementInput.Read(input);
        if (statement is ExistsStatement)
            throw TableException.Validation("EXISTS is only supported in ExecuteTransaction");
        if (statement is SelectStatement select)
            return Select(input, select);
        var write = await context.Database.WriteAsync(
            session => StatementWrites.Run(session, statement, StatementInput.ReturnsItem(input)), cancellation);
        return Answer.Of(json =>
        {
            WriteItems(json, write.Returned is null ? [] : [write.Returned], null);
            ConsumedCapacity.WriteMember(json, input, statement.Table, capacity => write.Write.AddTo(capacity));
        });
    }

    private ReadOnlyMemory<byte> Select(Input input, SelectStatement select)
    {
        var limit = (int)Math.Min(input.Whole("Limit") ?? int.MaxValue, int.MaxValue);
        var request = StatementPlace.RequestOf(input);
        var place = StatementPlace.Parse(input.Text("NextToken"), request);
        var isConsistent = input.Flag("ConsistentRead");
        var page = context.Database.Read(
            session => StatementReads.Page(session, select, place, limit, isConsistent));
        return Answer.Of(json =>
        {
            WriteItems(json, page.Items, select);
            if (page.Next is { } next)
            {
                json.WriteString("NextToken", (next with { Request = request }).ToText());
                json.WritePropertyName("LastEvaluatedKey");
                ValueWriter.WriteItem(json, next.Key);
            }

            ConsumedCapacity.WriteMember(json, input, select.Table, capacity => capacity.AddPage(
                page.Target.Index, page.TableBytes, page.IndexBytes, isConsistent));
        });
    }

    private static void WriteItems(Utf8JsonWriter json, IReadOnlyList<MapValue> items, SelectStatement? select)
    {
        json.WriteStartArray("Items");
        foreach (var item in items)
            ValueWriter.WriteItem(json, select?.Projection?.Apply(item) ?? item);
        json.WriteEndArray();
    }
}

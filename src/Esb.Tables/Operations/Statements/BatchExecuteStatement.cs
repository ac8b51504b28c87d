using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Batches;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Operations.Tables;
using Esb.Tables.PartiQl;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>Runs up to 25 statements, each of which succeeds or fails on its own.</summary>
internal sealed class BatchExecuteStatement(TablesContext context) : Operation("BatchExecuteStatement", Request)
{
    private static readonly StructureShape Request = new(
        "BatchExecuteStatementInput",
        ("Statements", new ListShape(new StructureShape(
            "BatchStatementRequest", [.. StatementInput.Shapes, Members.ConsistentRead])
        { IsElement = true })
        {
            IsRequired = true,
            Fewest = 1,
            Most = 25,
        }),
        Members.ReturnConsumedCapacity);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var responses = new List<StatementResponse>();
        foreach (var statement in input.Structures("Statements")!)
            responses.Add(await RunOneAsync(statement, cancellation));
        return Answer.Of(json =>
        {
            json.WriteStartArray("Responses");
            foreach (var response in responses)
                response.Write(json);
            json.WriteEndArray();
            BatchCapacity.WriteMember(json, input, StatementResponse.Capacities(responses));
        });
    }

    private async Task<StatementResponse> RunOneAsync(Input input, CancellationToken cancellation)
    {
        Statement? statement = null;
        try
        {
            statement = StatementInput.Read(input);
            if (statement is not SelectStatement select)
            {
                var write = await context.Database.WriteAsync(
                    session => StatementWrites.Run(session, statement, StatementInput.ReturnsItem(input)),
                    cancellation);
                return new StatementResponse(statement.Table, write.Returned, null, write.Write.AddTo);
            }

            return context.Database.Read(session => SelectOne(session, select, input.Flag("ConsistentRead")));
        }
        catch (TableException error) when (error.Status < 500)
        {
            return new StatementResponse(statement?.Table, null, error, null);
        }
    }

    public static StatementResponse SelectOne(ReadSession session, SelectStatement select, bool isConsistent)
    {
        var keys = session.RequireTable(select.Table).Keys;
        if (select.Index is not null || select.KeysFor(keys) is not [{ } only]
            || (keys.Range is not null && only.Sort is null))
        {
            throw TableException.Validation(
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause.");
        }

        var page = StatementReads.Page(session, select, null, int.MaxValue, isConsistent);
        var item = page.Items.Count == 0 ? null : page.Items[0];
        var projected = item is null ? null : select.Projection?.Apply(item) ?? item;
        return new StatementResponse(select.Table, projected, null, (capacity, factor) => capacity.Add(
            factor *
            CapacityUnits.OfRead(item is null ? 0 : ItemSize.Of(item), isConsistent)));
    }
}

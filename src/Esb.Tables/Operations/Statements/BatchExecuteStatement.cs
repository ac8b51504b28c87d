using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Batches;
using Esb.Tables.PartiQl;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;

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

    private static StatementResponse SelectOne(ReadSession session, SelectStatement select, bool isConsistent) =>
        KeyedSelect.Of(session, select) is { } keyed
            ? keyed.Read(session, keyed.RequireKey(), isConsistent, limits: null)
            : throw TableException.Validation(
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause.");
}

using Esb.Tables.Errors;
using Esb.Tables.Operations.Batches;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Operations.Transactions;
using Esb.Tables.PartiQl;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;

namespace Esb.Tables.Operations.Statements;

/// <summary>Runs up to 100 statements, either all or none of them. They must all be reads or all be writes.</summary>
internal sealed class ExecuteTransaction(TablesContext context) : Operation("ExecuteTransaction", Request)
{
    private static readonly StructureShape Request = new(
        "ExecuteTransactionInput",
        ("TransactStatements", new ListShape(
            new StructureShape("ParameterizedStatement", StatementInput.Shapes) { IsElement = true })
        {
            IsRequired = true,
            Fewest = 1,
            Most = 100,
        }),
        Idempotency.Token,
        Members.ReturnConsumedCapacity);

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var statements = input.Structures("TransactStatements")!.Select(Read).ToArray();
        var reads = statements.Count(statement => statement.Statement is SelectStatement);
        if (reads > 0 && reads < statements.Length)
        {
            throw TableException.Validation(
                "ExecuteTransaction API does not support both read and write operations in the same request.");
        }

        return reads > 0
            ? Task.FromResult(context.Database.Read(session => Answered(
                input,
                TransactionRun.All(statements, statement => BatchExecuteStatement.SelectOne(
                    session, (SelectStatement)statement.Statement, isConsistent: true)),
                isRead: true)))
            : context.Database.WriteAsync(
                session => Idempotency.Once(session, input, input.Member("TransactStatements")!.Value, () => Answered(
                    input,
                    TransactionRun.All(statements, statement => Write(session, statement)),
                    isRead: false)),
                cancellation);
    }

    private static Item Read(Input input, int index)
    {
        try
        {
            var statement = StatementInput.Read(input);
            if (statement is UpdateStatement { Returning: not null } or DeleteStatement { Returning: not null })
                throw TableException.Validation("RETURNING clause is not supported in ExecuteTransaction.");
            if (statement is SelectStatement { Index: not null })
                throw TableException.Validation("Reads on indices are not supported within transactions.");
            return new Item(statement, StatementInput.ReturnsItem(input));
        }
        catch (TableException e) when (e.ErrorType == "ValidationException")
        {
            throw TableException.Validation($"Validation failed in TransactStatements[{index}]: {e.Message}");
        }
    }

    /// <summary>The answer. Writes have no entries of their own in it.</summary>
    private static ReadOnlyMemory<byte> Answered(
        Input input, IReadOnlyList<StatementResponse> responses, bool isRead) =>
        Answer.Of(json =>
        {
            json.WriteStartArray("Responses");
            foreach (var response in isRead ? responses : [])
                (response with { Table = null }).Write(json);
            json.WriteEndArray();
            BatchCapacity.WriteMember(json, input, StatementResponse.Capacities(responses, factor: 2));
        });

    private static StatementResponse Write(WriteSession session, Item statement)
    {
        var write = StatementWrites.Run(session, statement.Statement, statement.ReturnsItem);
        return new StatementResponse(statement.Statement.Table, write.Returned, null, write.Write.AddTo);
    }

    private sealed record Item(Statement Statement, bool ReturnsItem);
}

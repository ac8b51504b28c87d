using Esb.Tables.Errors;
using Esb.Tables.Operations.Batches;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Operations.Transactions;
using Esb.Tables.PartiQl;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;
using Esb.Tables.Values;

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
            ? Task.FromResult(context.Database.Read(session => Answered(input, Reads(session, statements), true)))
            : context.Database.WriteAsync(
                session => Idempotency.Once(
                    session,
                    input,
                    input.Member("TransactStatements")!.Value,
                    () => Answered(input, Writes(session, statements), isRead: false)),
                cancellation);
    }

    private static Item Read(Input input, int index) => Numbered(index, () =>
    {
        var statement = StatementInput.Read(input);
        if (statement is UpdateStatement { Returning: not null } or DeleteStatement { Returning: not null })
            throw TableException.Validation("RETURNING clause is not supported in ExecuteTransaction.");
        if (statement is SelectStatement { Index: not null })
            throw TableException.Validation("Reads on indices are not supported within transactions.");
        return new Item(
            statement, StatementInput.ReturnsItem(input), input.Values("Parameters").Sum(ItemSize.Of));
    });

    private static IReadOnlyList<StatementResponse> Reads(ReadSession session, IReadOnlyList<Item> statements)
    {
        var selects = statements.Select((statement, index) => Numbered(index, () =>
            KeyedSelect.Of(session, (SelectStatement)statement.Statement) ?? throw TableException.Validation(
                "Select statements within ExecuteTransaction must specify the primary key in the where clause.")));
        var keyed = selects.ToArray();
        var keys = TransactionRun.All(keyed, select => select.RequireKey());
        var limits = new TransactionLimits();
        foreach (var (select, key) in keyed.Zip(keys))
            limits.AddItem(select.Table.Name, key.Attributes);
        return [.. keyed.Zip(keys).Select(pair => pair.First.Read(session, pair.Second, isConsistent: true, limits))];
    }

    private static IReadOnlyList<StatementResponse> Writes(WriteSession session, IReadOnlyList<Item> statements)
    {
        var limits = new TransactionLimits();
        foreach (var statement in statements)
        {
            if (StatementWrites.KeyOf(session, statement.Statement) is { } key)
                limits.AddItem(statement.Statement.Table, key);
        }

        foreach (var statement in statements)
        {
            limits.AddBytes(
                statement.Statement is InsertStatement insert ? ItemSize.Of(insert.Item) : statement.ParameterBytes);
        }

        return TransactionRun.All(statements, statement => Write(session, statement));
    }

    private static T Numbered<T>(int index, Func<T> read)
    {
        try
        {
            return read();
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

    private sealed record Item(Statement Statement, bool ReturnsItem, int ParameterBytes);
}

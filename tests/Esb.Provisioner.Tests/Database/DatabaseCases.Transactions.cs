using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Esb.Provisioner.Tests.Database;

/// <summary>Transactions, by the API and by PartiQL.</summary>
internal static partial class DatabaseCases
{
    private static IEnumerable<DatabaseCase> Transactions =>
    [
        new("a transaction writes all of its items", "{id=a, n=1} {id=b, n=2}", async (db, table) =>
        {
            await db.TransactWriteItemsAsync(
                new TransactWriteItemsRequest { TransactItems = [Put(table, A(1)), Put(table, B(2))] });
            return await BothAsync(db, table);
        }, Replaced),
        new(
            "a transaction one of whose conditions fails writes nothing",
            "TransactionCanceledException None {}, ConditionalCheckFailed {} | {} {id=b, n=2}",
            async (db, table) =>
            {
                await db.PutItemAsync(table, B(2));
                var reason = await new DatabaseCase("", "", async (_, _) =>
                {
                    await db.TransactWriteItemsAsync(new TransactWriteItemsRequest
                    {
                        TransactItems = [Put(table, A(1)), Put(table, B(3), "attribute_not_exists(id)")],
                    });
                    return "written";
                }).AnswerAsync(db, table);
                return $"{reason} | {await BothAsync(db, table)}";
            },
            Replaced),
        new(
            "a cancelled transaction returns the existing item",
            "TransactionCanceledException ConditionalCheckFailed {id=a, n=1}",
            async (db, table) =>
            {
                await db.PutItemAsync(table, A(1));
                var put = Put(table, A(2), "attribute_not_exists(id)");
                put.Put.ReturnValuesOnConditionCheckFailure = Old;
                await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [put] });
                return "written";
            },
            Replaced),
        new(
            "a condition on another item cancels a transaction",
            "TransactionCanceledException ConditionalCheckFailed {}, None {}",
            async (db, table) =>
            {
                var check =
                    new ConditionCheck
                    {
                        TableName = table,
                        Key = Key("a"),
                        ConditionExpression = "attribute_exists(id)",
                    };
                await db.TransactWriteItemsAsync(new TransactWriteItemsRequest
                {
                    TransactItems = [new TransactWriteItem { ConditionCheck = check }, Put(table, B(2))],
                });
                return "written";
            },
            Replaced),
        new("a transaction that is repeated with the same token is done once", "{id=a, n=1}", async (db, table) =>
        {
            var add = new Update
            {
                TableName = table,
                Key = Key("a"),
                UpdateExpression = "ADD n :n",
                ExpressionAttributeValues = Number(":n", 1),
            };
            for (var i = 0; i < 2; i++)
                await db.TransactWriteItemsAsync(new TransactWriteItemsRequest
                {
                    ClientRequestToken = "the-token",
                    TransactItems = [new TransactWriteItem { Update = add }],
                });
            return DatabaseCase.Text((await db.GetItemAsync(table, Key("a"))).Item);
        }, Replaced),
        new(
            "a transaction names each item only once",
            "ValidationException: Transaction request cannot include multiple operations on one item",
            async (db, table) =>
            {
                await db.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest { TransactItems = [Put(table, A(1)), Put(table, A(2))] });
                return "written";
            },
            Replaced),
        new(
            "a transaction reads its items in order, and nothing for absent items",
            "{id=b, n=2} {} {id=a, n=1}",
            async (db, table) =>
            {
                await db.PutItemAsync(table, A(1));
                await db.PutItemAsync(table, B(2));
                var gets = new[] { "b", "c", "a" }.Select(
                    id => new TransactGetItem { Get = new Get { TableName = table, Key = Key(id) } });
                var answer = await db.TransactGetItemsAsync(new TransactGetItemsRequest { TransactItems = [.. gets] });
                return string.Join(' ', answer.Responses.Select(response => DatabaseCase.Text(response.Item)));
            },
            Replaced),
    ];

    private static IEnumerable<DatabaseCase> PartiQl =>
    [
        new("PartiQL inserts, updates, selects and deletes", "{id=a, n=3} 0", async (db, table) =>
        {
            await ExecuteAsync(db, $$"""INSERT INTO "{{table}}" VALUE {'id': 'a', 'n': 1}""");
            await ExecuteAsync(db, $"""UPDATE "{table}" SET n = 3 WHERE id = 'a'""");
            var selected = await ExecuteAsync(db, $"""SELECT * FROM "{table}" WHERE id = ?""", new AttributeValue("a"));
            await ExecuteAsync(db, $"""DELETE FROM "{table}" WHERE id = 'a'""");
            return $"{DatabaseCase.Text(selected.Single())} "
                + $"{(await ExecuteAsync(db, $"""SELECT * FROM "{table}" WHERE id = 'a'""")).Count}";
        }, Replaced),
        new("PartiQL inserts no item twice", "DuplicateItem", async (db, table) =>
        {
            await ExecuteAsync(db, $$"""INSERT INTO "{{table}}" VALUE {'id': 'a'}""");
            try
            {
                await ExecuteAsync(db, $$"""INSERT INTO "{{table}}" VALUE {'id': 'a'}""");
                return "inserted";
            }
            catch (DuplicateItemException)
            {
                return "DuplicateItem";
            }
        }, Replaced),
        new("PartiQL executes several statements independently", "ResourceNotFound, {id=a, n=1}", async (db, table) =>
        {
            await db.PutItemAsync(table, A(1));
            var statements = new[] { "no-such-table", table }.Select(
                name => new BatchStatementRequest { Statement = $"""SELECT * FROM "{name}" WHERE id = 'a'""" });
            var answer = await db.BatchExecuteStatementAsync(
                new BatchExecuteStatementRequest { Statements = [.. statements] });
            return string.Join(", ", answer.Responses.Select(
                response => response.Error is { } error ? error.Code.Value : DatabaseCase.Text(response.Item)));
        }, Replaced),
        new("PartiQL executes statements as a transaction", "{id=a, n=1} {id=b, n=2}", async (db, table) =>
        {
            var statements = new[]
            {
                $$"""INSERT INTO "{{table}}" VALUE {'id': 'a', 'n': 1}""",
                $$"""INSERT INTO "{{table}}" VALUE {'id': 'b', 'n': 2}""",
            };
            await db.ExecuteTransactionAsync(new ExecuteTransactionRequest
            {
                TransactStatements = [.. statements.Select(s => new ParameterizedStatement { Statement = s })],
            });
            return await BothAsync(db, table);
        }, Replaced),
    ];
}

using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Esb.Provisioner.Tests.Database;

/// <summary>
/// What the DynamoDB API reference and developer guide say about conditions that fail, transactions, PartiQL and empty values of keys.
/// </summary>
internal static class DatabaseCases
{
    private const string Replaced = "issue 18";

    private static readonly ReturnValuesOnConditionCheckFailure Old = ReturnValuesOnConditionCheckFailure.ALL_OLD;

    public static IEnumerable<DatabaseCase> All => [.. Conditions, .. Transactions, .. PartiQl, .. EmptyValues];

    private static IEnumerable<DatabaseCase> Conditions =>
    [
        new("a put whose condition fails gives the item that is there", "ConditionalCheckFailedException {id=a, n=1}", async (db, table) =>
        {
            await db.PutItemAsync(table, A(1));
            await db.PutItemAsync(new PutItemRequest { TableName = table, Item = A(2), ConditionExpression = "attribute_not_exists(id)", ReturnValuesOnConditionCheckFailure = Old });
            return "put";
        }, Replaced),
        new("an update whose condition fails gives the item that is there", "ConditionalCheckFailedException {id=a, n=1}", async (db, table) =>
        {
            await db.PutItemAsync(table, A(1));
            await db.UpdateItemAsync(new UpdateItemRequest { TableName = table, Key = Key("a"), UpdateExpression = "SET n = :n", ConditionExpression = "n > :n", ExpressionAttributeValues = Number(":n", 5), ReturnValuesOnConditionCheckFailure = Old });
            return "updated";
        }, Replaced),
        new("a delete whose condition fails gives the item that is there", "ConditionalCheckFailedException {id=a, n=1}", async (db, table) =>
        {
            await db.PutItemAsync(table, A(1));
            await db.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = Key("a"), ConditionExpression = "n > :n", ExpressionAttributeValues = Number(":n", 5), ReturnValuesOnConditionCheckFailure = Old });
            return "deleted";
        }, Replaced),
        new("a condition that fails gives no item when nobody asks for it", "ConditionalCheckFailedException {}", async (db, table) =>
        {
            await db.PutItemAsync(table, A(1));
            await db.PutItemAsync(new PutItemRequest { TableName = table, Item = A(2), ConditionExpression = "attribute_not_exists(id)" });
            return "put";
        }),
        new("a condition that fails where no item is gives none", "ConditionalCheckFailedException {}", async (db, table) =>
        {
            await db.PutItemAsync(new PutItemRequest { TableName = table, Item = A(2), ConditionExpression = "attribute_exists(id)", ReturnValuesOnConditionCheckFailure = Old });
            return "put";
        }),
    ];

    private static IEnumerable<DatabaseCase> Transactions =>
    [
        new("a transaction writes all of its items", "{id=a, n=1} {id=b, n=2}", async (db, table) =>
        {
            await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [Put(table, A(1)), Put(table, B(2))] });
            return await BothAsync(db, table);
        }, Replaced),
        new("a transaction one of whose conditions fails writes nothing", "TransactionCanceledException None {}, ConditionalCheckFailed {} | {} {id=b, n=2}", async (db, table) =>
        {
            await db.PutItemAsync(table, B(2));
            var reason = await new DatabaseCase("", "", async (_, _) =>
            {
                await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [Put(table, A(1)), Put(table, B(3), "attribute_not_exists(id)")] });
                return "written";
            }).AnswerAsync(db, table);
            return $"{reason} | {await BothAsync(db, table)}";
        }, Replaced),
        new("a transaction that is cancelled gives the item that is there", "TransactionCanceledException ConditionalCheckFailed {id=a, n=1}", async (db, table) =>
        {
            await db.PutItemAsync(table, A(1));
            var put = Put(table, A(2), "attribute_not_exists(id)");
            put.Put.ReturnValuesOnConditionCheckFailure = Old;
            await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [put] });
            return "written";
        }, Replaced),
        new("a condition on another item cancels a transaction", "TransactionCanceledException ConditionalCheckFailed {}, None {}", async (db, table) =>
        {
            var check = new ConditionCheck { TableName = table, Key = Key("a"), ConditionExpression = "attribute_exists(id)" };
            await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [new TransactWriteItem { ConditionCheck = check }, Put(table, B(2))] });
            return "written";
        }, Replaced),
        new("a transaction with the same token again is done once", "{id=a, n=1}", async (db, table) =>
        {
            var add = new Update { TableName = table, Key = Key("a"), UpdateExpression = "ADD n :n", ExpressionAttributeValues = Number(":n", 1) };
            for (var i = 0; i < 2; i++)
                await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { ClientRequestToken = "the-token", TransactItems = [new TransactWriteItem { Update = add }] });
            return DatabaseCase.Text((await db.GetItemAsync(table, Key("a"))).Item);
        }, Replaced),
        new("a transaction names each item once", "ValidationException: Transaction request cannot include multiple operations on one item", async (db, table) =>
        {
            await db.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [Put(table, A(1)), Put(table, A(2))] });
            return "written";
        }, Replaced),
        new("a transaction reads its items in their order and nothing where nothing is", "{id=b, n=2} {} {id=a, n=1}", async (db, table) =>
        {
            await db.PutItemAsync(table, A(1));
            await db.PutItemAsync(table, B(2));
            var gets = new[] { "b", "c", "a" }.Select(id => new TransactGetItem { Get = new Get { TableName = table, Key = Key(id) } });
            var answer = await db.TransactGetItemsAsync(new TransactGetItemsRequest { TransactItems = [.. gets] });
            return string.Join(' ', answer.Responses.Select(response => DatabaseCase.Text(response.Item)));
        }, Replaced),
    ];

    private static IEnumerable<DatabaseCase> PartiQl =>
    [
        new("PartiQL inserts, updates, selects and deletes", "{id=a, n=3} 0", async (db, table) =>
        {
            await ExecuteAsync(db, $$"""INSERT INTO "{{table}}" VALUE {'id': 'a', 'n': 1}""");
            await ExecuteAsync(db, $"""UPDATE "{table}" SET n = 3 WHERE id = 'a'""");
            var selected = await ExecuteAsync(db, $"""SELECT * FROM "{table}" WHERE id = ?""", new AttributeValue("a"));
            await ExecuteAsync(db, $"""DELETE FROM "{table}" WHERE id = 'a'""");
            return $"{DatabaseCase.Text(selected.Single())} {(await ExecuteAsync(db, $"""SELECT * FROM "{table}" WHERE id = 'a'""")).Count}";
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
        new("PartiQL executes several statements, each for itself", "ResourceNotFound, {id=a, n=1}", async (db, table) =>
        {
            await db.PutItemAsync(table, A(1));
            var statements = new[] { "no-such-table", table }.Select(name => new BatchStatementRequest { Statement = $"""SELECT * FROM "{name}" WHERE id = 'a'""" });
            var answer = await db.BatchExecuteStatementAsync(new BatchExecuteStatementRequest { Statements = [.. statements] });
            return string.Join(", ", answer.Responses.Select(response => response.Error is { } error ? error.Code.Value : DatabaseCase.Text(response.Item)));
        }, Replaced),
        new("PartiQL executes statements as a transaction", "{id=a, n=1} {id=b, n=2}", async (db, table) =>
        {
            var statements = new[] { $$"""INSERT INTO "{{table}}" VALUE {'id': 'a', 'n': 1}""", $$"""INSERT INTO "{{table}}" VALUE {'id': 'b', 'n': 2}""" };
            await db.ExecuteTransactionAsync(new ExecuteTransactionRequest { TransactStatements = [.. statements.Select(s => new ParameterizedStatement { Statement = s })] });
            return await BothAsync(db, table);
        }, Replaced),
    ];

    private static IEnumerable<DatabaseCase> EmptyValues =>
    [
        new("an empty text is a value", "{id=a, note=}", async (db, table) =>
        {
            await db.PutItemAsync(table, new Item { ["id"] = new("a"), ["note"] = new("") });
            return DatabaseCase.Text((await db.GetItemAsync(table, Key("a"))).Item);
        }),
        new("an empty text is no key", "ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id", async (db, table) =>
        {
            await db.PutItemAsync(table, new Item { ["id"] = new("") });
            return "put";
        }),
        new(
            "an empty text is no key of an index",
            "ValidationException: One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-group, IndexKey: group",
            async (db, table) =>
            {
                await db.PutItemAsync(table, new Item { ["id"] = new("a"), ["group"] = new("") });
                return "put";
            },
            Replaced),
        new(
            "an update makes no key of an index empty",
            "ValidationException: One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.",
            async (db, table) =>
            {
                await db.PutItemAsync(table, new Item { ["id"] = new("a"), ["group"] = new("g") });
                await db.UpdateItemAsync(new UpdateItemRequest { TableName = table, Key = Key("a"), UpdateExpression = "SET #g = :g", ExpressionAttributeNames = new() { ["#g"] = "group" }, ExpressionAttributeValues = new() { [":g"] = new("") } });
                return "updated";
            },
            Replaced),
        new("an item without a key of an index is not in it", "1 of 2", async (db, table) =>
        {
            await db.PutItemAsync(table, new Item { ["id"] = new("a"), ["group"] = new("g") });
            await db.PutItemAsync(table, new Item { ["id"] = new("b") });
            var scanned = await db.ScanAsync(new ScanRequest { TableName = table, IndexName = "by-group" });
            return $"{scanned.Count} of {(await db.ScanAsync(new ScanRequest { TableName = table })).Count}";
        }),
    ];

    private static Item Key(string id) => new() { ["id"] = new(id) };

    private static Item A(int n) => new() { ["id"] = new("a"), ["n"] = new() { N = $"{n}" } };

    private static Item B(int n) => new() { ["id"] = new("b"), ["n"] = new() { N = $"{n}" } };

    private static Item Number(string name, int n) => new() { [name] = new() { N = $"{n}" } };

    private static TransactWriteItem Put(string table, Item item, string? condition = null) =>
        new() { Put = new Put { TableName = table, Item = item, ConditionExpression = condition } };

    private static async Task<string> BothAsync(AmazonDynamoDBClient db, string table) =>
        $"{DatabaseCase.Text((await db.GetItemAsync(table, Key("a"))).Item)} {DatabaseCase.Text((await db.GetItemAsync(table, Key("b"))).Item)}";

    private static async Task<List<Item>> ExecuteAsync(AmazonDynamoDBClient db, string statement, params AttributeValue[] parameters) =>
        (await db.ExecuteStatementAsync(new ExecuteStatementRequest { Statement = statement, Parameters = parameters.Length == 0 ? null : [.. parameters] })).Items ?? [];
}

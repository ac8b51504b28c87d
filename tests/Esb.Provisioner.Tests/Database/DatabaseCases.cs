using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Esb.Provisioner.Tests.Database;

/// <summary>
/// The statements of the DynamoDB API reference and developer guide on failing conditions, transactions, PartiQL and
/// empty key values.
/// </summary>
internal static partial class DatabaseCases
{
    private const string Replaced = "issue 18";

    private static readonly ReturnValuesOnConditionCheckFailure Old = ReturnValuesOnConditionCheckFailure.ALL_OLD;

    public static IEnumerable<DatabaseCase> All => [.. Conditions, .. Transactions, .. PartiQl, .. EmptyValues];

    private static IEnumerable<DatabaseCase> Conditions =>
    [
        new(
            "a put whose condition fails returns the existing item",
            "ConditionalCheckFailedException {id=a, n=1}",
            async (db, table) =>
            {
                await db.PutItemAsync(table, A(1));
                await db.PutItemAsync(new PutItemRequest
                {
                    TableName = table,
                    Item = A(2),
                    ConditionExpression = "attribute_not_exists(id)",
                    ReturnValuesOnConditionCheckFailure = Old,
                });
                return "put";
            },
            Replaced),
        new(
            "an update whose condition fails returns the existing item",
            "ConditionalCheckFailedException {id=a, n=1}",
            async (db, table) =>
            {
                await db.PutItemAsync(table, A(1));
                await db.UpdateItemAsync(new UpdateItemRequest
                {
                    TableName = table,
                    Key = Key("a"),
                    UpdateExpression = "SET n = :n",
                    ConditionExpression = "n > :n",
                    ExpressionAttributeValues = Number(":n", 5),
                    ReturnValuesOnConditionCheckFailure = Old,
                });
                return "updated";
            },
            Replaced),
        new(
            "a delete whose condition fails returns the existing item",
            "ConditionalCheckFailedException {id=a, n=1}",
            async (db, table) =>
            {
                await db.PutItemAsync(table, A(1));
                await db.DeleteItemAsync(new DeleteItemRequest
                {
                    TableName = table,
                    Key = Key("a"),
                    ConditionExpression = "n > :n",
                    ExpressionAttributeValues = Number(":n", 5),
                    ReturnValuesOnConditionCheckFailure = Old,
                });
                return "deleted";
            },
            Replaced),
        new(
            "a failing condition returns no item unless it is requested",
            "ConditionalCheckFailedException {}",
            async (db, table) =>
            {
                await db.PutItemAsync(table, A(1));
                await db.PutItemAsync(new PutItemRequest
                {
                    TableName = table,
                    Item = A(2),
                    ConditionExpression = "attribute_not_exists(id)",
                });
                return "put";
            }),
        new(
            "a failing condition without an item returns none",
            "ConditionalCheckFailedException {}",
            async (db, table) =>
            {
                await db.PutItemAsync(new PutItemRequest
                {
                    TableName = table,
                    Item = A(2),
                    ConditionExpression = "attribute_exists(id)",
                    ReturnValuesOnConditionCheckFailure = Old,
                });
                return "put";
            }),
    ];

    private static IEnumerable<DatabaseCase> EmptyValues =>
    [
        new("an empty text is a value", "{id=a, note=}", async (db, table) =>
        {
            await db.PutItemAsync(table, new Item { ["id"] = new("a"), ["note"] = new("") });
            return DatabaseCase.Text((await db.GetItemAsync(table, Key("a"))).Item);
        }),
        new(
            "an empty text is not valid as a key",
            "ValidationException: One or more parameter values are not valid. The AttributeValue for a key attribute "
                + "cannot contain an empty string value. Key: id",
            async (db, table) =>
            {
                await db.PutItemAsync(table, new Item { ["id"] = new("") });
                return "put";
            }),
        new(
            "an empty text is not valid as a key of an index",
            "ValidationException: One or more parameter values are not valid. A value specified for a secondary index "
                + "key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. "
                + "IndexName: by-group, IndexKey: group",
            async (db, table) =>
            {
                await db.PutItemAsync(table, new Item { ["id"] = new("a"), ["group"] = new("") });
                return "put";
            },
            Replaced),
        new(
            "an update cannot make a key of an index empty",
            "ValidationException: One or more parameter values are not valid. The update expression attempted to "
                + "update a secondary index key to a value that is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty string value.",
            async (db, table) =>
            {
                await db.PutItemAsync(table, new Item { ["id"] = new("a"), ["group"] = new("g") });
                await db.UpdateItemAsync(new UpdateItemRequest
                {
                    TableName = table,
                    Key = Key("a"),
                    UpdateExpression = "SET #g = :g",
                    ExpressionAttributeNames = new() { ["#g"] = "group" },
                    ExpressionAttributeValues = new() { [":g"] = new("") },
                });
                return "updated";
            },
            Replaced),
        new("an item without a key of an index is not in the index", "1 of 2", async (db, table) =>
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
        $"{DatabaseCase.Text((await db.GetItemAsync(table, Key("a"))).Item)} "
            + $"{DatabaseCase.Text((await db.GetItemAsync(table, Key("b"))).Item)}";

    private static async Task<List<Item>> ExecuteAsync(
        AmazonDynamoDBClient db,
        string statement,
        params AttributeValue[] parameters) =>
        (await db.ExecuteStatementAsync(new ExecuteStatementRequest
        {
            Statement = statement,
            Parameters = parameters.Length == 0 ? null : [.. parameters],
        })).Items
            ?? [];
}

using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Esb.Stores.Tests.Serving;
using static Esb.Stores.Tests.Sdks.Rows;

namespace Esb.Stores.Tests.Sdks.DotNet;

/// <summary>Every method of the client of DynamoDB in the SDK for .NET.</summary>
internal static class TableCalls
{
    private const string Name = "net-tables";

    public static async Task<IReadOnlyList<SdkRow>> RunAsync(StoresProcess stores)
    {
        using var client = stores.NewClient();
        var rows = new Rows("DynamoDB");
        var arn = await TablesAsync(client, rows);
        await SettingsAsync(client, rows, arn);
        await ItemsAsync(client, rows);
        await TogetherAsync(client, rows);
        var models = await ModelCalls.RunAsync(client);
        await rows.AddAsync("DeleteTable", () => client.DeleteTableAsync(Name));
        var texts = new Dictionary<string, string> { ["TableName"] = "net-other" };
        await rows.AddOthersAsync<IAmazonDynamoDB>(client, texts, name => name);
        return [.. rows.All, .. models];
    }

    private static async Task<string> TablesAsync(AmazonDynamoDBClient client, Rows rows)
    {
        var arn = "";
        await rows.AddAsync("CreateTable", async () => arn = (await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = Name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new("id", KeyType.HASH), new("sort", KeyType.RANGE)],
            AttributeDefinitions = [new("id", ScalarAttributeType.S), new("sort", ScalarAttributeType.N)],
            LocalSecondaryIndexes =
            [
                new()
                {
                    IndexName = "local",
                    KeySchema = [new("id", KeyType.HASH), new("sort", KeyType.RANGE)],
                    Projection = new() { ProjectionType = ProjectionType.ALL },
                },
            ],
            StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_AND_OLD_IMAGES },
        })).TableDescription.TableArn);
        await rows.AddAsync("DescribeTable", async () =>
        {
            var table = (await client.DescribeTableAsync(Name)).Table;
            Check(table.TableStatus == TableStatus.ACTIVE && table.CreationDateTime > DateTime.UnixEpoch, "table");
            await RefusedAsync("ResourceNotFoundException", () => client.DescribeTableAsync("net-missing"));
        });
        await rows.AddAsync("ListTables", async () => Check(
            await client.Paginators.ListTables(new()).TableNames.ContainsAsync(Name), "not listed"));
        await rows.AddAsync("UpdateTable", () => client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = Name,
            TableClass = TableClass.STANDARD_INFREQUENT_ACCESS,
        }));
        return arn;
    }

    private static async Task SettingsAsync(AmazonDynamoDBClient client, Rows rows, string arn)
    {
        await rows.AddAsync("UpdateTimeToLive", () => client.UpdateTimeToLiveAsync(new()
        {
            TableName = Name,
            TimeToLiveSpecification = new() { AttributeName = "expires", Enabled = true },
        }));
        await rows.AddAsync("DescribeTimeToLive", async () => Check(
            (await client.DescribeTimeToLiveAsync(Name)).TimeToLiveDescription.AttributeName == "expires",
            "attribute"));
        await rows.AddAsync("TagResource", () => client.TagResourceAsync(
            new() { ResourceArn = arn, Tags = [new() { Key = "team", Value = "a" }] }));
        await rows.AddAsync("ListTagsOfResource", async () => Check(
            (await client.ListTagsOfResourceAsync(new() { ResourceArn = arn })).Tags.Single().Value == "a", "tags"));
        await rows.AddAsync("UntagResource", () => client.UntagResourceAsync(
            new() { ResourceArn = arn, TagKeys = ["team"] }));
        await rows.AddAsync("PutResourcePolicy", () => client.PutResourcePolicyAsync(new()
        {
            ResourceArn = arn,
            Policy = $$"""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000000"},
                "Action":"dynamodb:GetItem","Resource":"{{arn}}"}]}
                """,
        }));
        await rows.AddAsync("GetResourcePolicy", async () => Check(
            (await client.GetResourcePolicyAsync(new() { ResourceArn = arn })).Policy.Contains("GetItem"), "policy"));
        await rows.AddAsync("DeleteResourcePolicy", () => client.DeleteResourcePolicyAsync(
            new() { ResourceArn = arn }));
        await rows.AddAsync("DescribeLimits", async () => Check(
            (await client.DescribeLimitsAsync(new())).TableMaxReadCapacityUnits > 0, "limits"));
        await rows.AddAsync("DescribeEndpoints", async () => Check(
            (await client.DescribeEndpointsAsync(new())).Endpoints.Count == 1, "endpoints"));
        await rows.AddAsync("UpdateContinuousBackups", () => client.UpdateContinuousBackupsAsync(new()
        {
            TableName = Name,
            PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true },
        }));
        await rows.AddAsync("DescribeContinuousBackups", () => client.DescribeContinuousBackupsAsync(
            new() { TableName = Name }));
    }

    private static async Task ItemsAsync(AmazonDynamoDBClient client, Rows rows)
    {
        await rows.AddAsync("PutItem", async () =>
        {
            var put = new PutItemRequest(Name, Item("a", 1)) { ConditionExpression = "attribute_not_exists(id)" };
            await client.PutItemAsync(put);
            await RefusedAsync("ConditionalCheckFailedException", () => client.PutItemAsync(put));
        });
        await rows.AddAsync("GetItem", async () => Check(
            (await client.GetItemAsync(Name, Key("a", 1))).Item["bytes"].B.ToArray() is [1, 2, 3], "item"));
        await rows.AddAsync("UpdateItem", async () => Check(
            (await client.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = Name,
                Key = Key("a", 1),
                UpdateExpression = "ADD hits :n",
                ExpressionAttributeValues = new() { [":n"] = new() { N = "2" } },
                ReturnValues = ReturnValue.UPDATED_NEW,
            })).Attributes["hits"].N == "2",
            "attributes"));
        await rows.AddAsync("BatchWriteItem", () => client.BatchWriteItemAsync(
            new Dictionary<string, List<WriteRequest>>
            {
                [Name] = [new(new PutRequest(Item("a", 2))), new(new PutRequest(Item("a", 3)))],
            }));
        await rows.AddAsync("BatchGetItem", async () => Check(
            (await client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes>
            {
                [Name] = new() { Keys = [Key("a", 1), Key("a", 2), Key("b", 1)] },
            })).Responses[Name].Count == 2,
            "items"));
        await rows.AddAsync("Query", async () => Check(
            await client.Paginators.Query(new()
            {
                TableName = Name,
                IndexName = "local",
                KeyConditionExpression = "id = :id",
                ExpressionAttributeValues = new() { [":id"] = new() { S = "a" } },
                Limit = 1,
            }).Responses.SelectMany(page => page.Items).CountAsync() == 3,
            "items"));
        await rows.AddAsync("Scan", async () => Check(
            await client.Paginators.Scan(new() { TableName = Name, Limit = 2 })
                .Responses.SelectMany(page => page.Items).CountAsync() == 3,
            "items"));
        await rows.AddAsync("DeleteItem", async () => Check(
            (await client.DeleteItemAsync(Name, Key("a", 3), ReturnValue.ALL_OLD)).Attributes.Count == 3, "old item"));
    }

    private static async Task TogetherAsync(AmazonDynamoDBClient client, Rows rows)
    {
        var once = $"SELECT * FROM \"{Name}\" WHERE id = 'a' AND sort = 1";
        await rows.AddAsync("TransactWriteItems", async () =>
        {
            const string Absent = "attribute_not_exists(id)";
            var put = new Put { TableName = Name, Item = Item("t", 1), ConditionExpression = Absent };
            await client.TransactWriteItemsAsync(new() { TransactItems = [new() { Put = put }] });
            await RefusedAsync("TransactionCanceledException", () => client.TransactWriteItemsAsync(
                new() { TransactItems = [new() { Put = put }] }));
        });
        await rows.AddAsync("TransactGetItems", async () => Check(
            (await client.TransactGetItemsAsync(new()
            {
                TransactItems = [new() { Get = new() { TableName = Name, Key = Key("t", 1) } }],
            })).Responses[0].Item["sort"].N == "1",
            "item"));
        await rows.AddAsync("ExecuteStatement", async () => Check(
            (await client.ExecuteStatementAsync(new() { Statement = once })).Items[0]["hits"].N == "2", "item"));
        await rows.AddAsync("BatchExecuteStatement", async () => Check(
            (await client.BatchExecuteStatementAsync(new() { Statements = [new() { Statement = once }] }))
                .Responses[0].Item["hits"].N == "2",
            "item"));
        await rows.AddAsync("ExecuteTransaction", async () => Check(
            (await client.ExecuteTransactionAsync(new() { TransactStatements = [new() { Statement = once }] }))
                .Responses[0].Item["hits"].N == "2",
            "item"));
    }

    private static Dictionary<string, AttributeValue> Key(string id, int sort) => new()
    {
        ["id"] = new() { S = id },
        ["sort"] = new() { N = $"{sort}" },
    };

    private static Dictionary<string, AttributeValue> Item(string id, int sort) => new(Key(id, sort))
    {
        ["bytes"] = new() { B = new MemoryStream([1, 2, 3]) },
    };
}

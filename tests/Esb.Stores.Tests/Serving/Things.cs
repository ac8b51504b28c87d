using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Esb.Stores.Tests.Serving;

/// <summary>A table of tests, by the SDK.</summary>
internal static class Things
{
    public const string Name = "things";

    public static Task CreateAsync(AmazonDynamoDBClient client) => client.CreateTableAsync(new CreateTableRequest
    {
        TableName = Name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
        AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
    });

    public static Task PutAsync(AmazonDynamoDBClient client, string id, string value) =>
        client.PutItemAsync(Name, new Dictionary<string, AttributeValue>
        {
            ["id"] = new() { S = id },
            ["value"] = new() { S = value },
        });

    /// <summary>The value of an item, or null if it is not there.</summary>
    public static async Task<string?> GetAsync(AmazonDynamoDBClient client, string id)
    {
        var key = new Dictionary<string, AttributeValue> { ["id"] = new() { S = id } };
        var answer = await client.GetItemAsync(Name, key);
        return answer.Item is { Count: > 0 } item ? item["value"].S : null;
    }
}

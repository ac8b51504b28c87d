using System.Globalization;
using System.Text;

namespace Esb.Benchmarks.Stores;

/// <summary>The operations of stores that are measured.</summary>
internal enum StoreOperation
{
    Put,
    Get,
    Query,
    Update,
    Batch,
    Transaction,
}

/// <summary>The requests of the operations, in the API of DynamoDB.</summary>
internal static class StoreRequests
{
    /// <summary>The number of partitions with 100 items each that exist before anything is measured.</summary>
    public const int Partitions = 20;

    public const int ItemsOfPartition = 100;

    public const int ItemsOfBatch = 25;

    public const int ItemsOfTransaction = 4;

    // No two updates write the same value, even in different runs.
    private static int updates;

    /// <summary>The value of every item.</summary>
    public static readonly string Value = new('v', 100);

    public const string CreateTable = """
        {"TableName": "bench", "BillingMode": "PAY_PER_REQUEST",
         "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}],
         "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"}, {"AttributeName": "r", "AttributeType": "S"}]}
        """;

    public static string Text(this StoreOperation operation) => operation switch
    {
        StoreOperation.Put => "put of one item",
        StoreOperation.Get => "get of one item",
        StoreOperation.Query => "query of 100 items",
        StoreOperation.Update => "conditional update",
        StoreOperation.Batch => "batch of 25 puts",
        _ => "transaction of 4 puts",
    };

    /// <summary>The request of one client.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="client">The number of the client; each writer has its own keys.</param>
    /// <param name="number">The number of requests before this one.</param>
    public static byte[] Of(StoreOperation operation, int client, int number)
    {
        var key = $$"""{"h": {"S": "c{{client}}"}, "r": {"S": "{{number % 1000}}"} }""";
        return operation switch
        {
            StoreOperation.Put => Request("PutItem", $$"""{"TableName": "bench", "Item": {{Item(client, number)}} }"""),
            StoreOperation.Get => Request("GetItem", $$"""
                {"TableName": "bench", "ConsistentRead": true,
                 "Key": {"h": {"S": "p{{number % Partitions}}"}, "r": {"S": "{{number % ItemsOfPartition}}"} } }
                """),
            StoreOperation.Query => Request("Query", $$$"""
                {"TableName": "bench", "KeyConditionExpression": "h = :h",
                 "ExpressionAttributeValues": {":h": {"S": "p{{{number % Partitions}}}"} } }
                """),
            StoreOperation.Update => Request("UpdateItem", $$$"""
                {"TableName": "bench", "Key": {{{key}}}, "UpdateExpression": "SET v = :v",
                 "ConditionExpression": "attribute_not_exists(v) OR v <> :v",
                 "ExpressionAttributeValues": {":v": {"S": "{{{Unique(client, Interlocked.Decrement(ref updates))}}}"} } }
                """),
            StoreOperation.Batch => Request("BatchWriteItem", $$"""
                {"RequestItems": {"bench": [{{Many(
                    ItemsOfBatch, i => $$$"""{"PutRequest": {"Item": {{{Item(client, (number * ItemsOfBatch) + i)}}} } }""")}}]} }
                """),
            _ => Request("TransactWriteItems", $$"""
                {"TransactItems": [{{Many(
                    ItemsOfTransaction,
                    i => $$$"""{"Put": {"TableName": "bench", "Item": {{{Item(client, (number * ItemsOfTransaction) + i)}}} } }""")}}]}
                """),
        };
    }

    /// <summary>A request that writes some of the initial items.</summary>
    public static byte[] Filling(int partition, int from) => Request("BatchWriteItem", $$"""
        {"RequestItems": {"bench": [{{Many(
            ItemsOfBatch,
            i => $$$"""{"PutRequest": {"Item": {"h": {"S": "p{{{partition}}}"}, "r": {"S": "{{{from + i}}}"}, "v": {"S": "{{{Value}}}"} } } }""")}}]} }
        """);

    /// <summary>A request with a signature that only has the right form; none of the servers checks it here.</summary>
    public static byte[] Request(string operation, string body) => Encoding.UTF8.GetBytes(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n"
        + $"X-Amz-Target: DynamoDB_20120810.{operation}\r\nX-Amz-Date: 20261130T000000Z\r\n"
        + "Authorization: AWS4-HMAC-SHA256 Credential=key/20261130/us-east-1/dynamodb/aws4_request, "
        + $"SignedHeaders=host, Signature=0\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>A value that differs for each client and number.</summary>
    public static string Unique(int client, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{client:D4}-{number:D12}").PadRight(Value.Length, 'v');

    private static string Item(int client, int number) => $$"""
        {"h": {"S": "c{{client}}"}, "r": {"S": "{{number % 1000}}"}, "v": {"S": "{{Unique(client, number)}}"} }
        """;

    private static string Many(int count, Func<int, string> one) =>
        string.Join(", ", Enumerable.Range(0, count).Select(one));
}

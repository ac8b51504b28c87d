using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DataModel;
using Amazon.DynamoDBv2.DocumentModel;
using static Esb.Stores.Tests.Sdks.Rows;

namespace Esb.Stores.Tests.Sdks.DotNet;

/// <summary>What the SDK for .NET builds on its client of DynamoDB: documents and objects.</summary>
internal static class ModelCalls
{
    public static async Task<IReadOnlyList<SdkRow>> RunAsync(AmazonDynamoDBClient client)
    {
        await client.CreateTableAsync(
            "net-models", [new("Id", KeyType.HASH)], [new("Id", ScalarAttributeType.S)], new(5, 5));
        var rows = new Rows("DynamoDBContext, Table (.NET)");
        using var context = new DynamoDBContextBuilder().WithDynamoDBClient(() => client).Build();
        await rows.AddAsync("save with a version", async () =>
        {
            var model = new Model { Id = "a", Tags = ["x"], Made = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) };
            await context.SaveAsync(model);
            await context.SaveAsync(model);
            var stale = new Model { Id = "a", Version = 0 };
            await RefusedAsync("ConditionalCheckFailedException", () => context.SaveAsync(stale));
        });
        await rows.AddAsync("load", async () =>
        {
            var model = await context.LoadAsync<Model>("a");
            Check(model is { Version: 1, Tags: ["x"] } && model.Made.ToUniversalTime().Hour == 3, "model");
        });
        await rows.AddAsync("batch and transaction", async () =>
        {
            // The SDK refuses a batch of what has a version.
            var batch = context.CreateBatchWrite<Model>(new BatchWriteConfig { SkipVersionCheck = true });
            batch.AddPutItems([new() { Id = "b" }, new() { Id = "c" }]);
            await batch.ExecuteAsync();
            var transaction = context.CreateTransactWrite<Model>();
            transaction.AddSaveItem(new() { Id = "d" });
            transaction.AddDeleteKey("c");
            await transaction.ExecuteAsync();
        });
        await rows.AddAsync("scan", async () => Check(
            (await context.ScanAsync<Model>([]).GetRemainingAsync()).Count == 3, "models"));
        await rows.AddAsync("documents", async () =>
        {
            var table = new TableBuilder(client, "net-models").AddHashKey("Id", DynamoDBEntryType.String).Build();
            await table.PutItemAsync(Document.FromJson("""{"Id":"j","list":[1,"ä",null]}"""));
            var read = await table.GetItemAsync("j");
            Check(read["list"].AsListOfDynamoDBEntry().Count == 3, "document");
            await table.DeleteItemAsync("j");
        });
        return rows.All;
    }

    [DynamoDBTable("net-models")]
    public sealed class Model
    {
        [DynamoDBHashKey]
        public string Id { get; set; } = "";

        [DynamoDBVersion]
        public int? Version { get; set; }

        public List<string> Tags { get; set; } = [];

        public DateTime Made { get; set; }
    }
}

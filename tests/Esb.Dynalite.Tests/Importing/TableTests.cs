using System.Text.Json.Nodes;
using Esb.Dynalite.Tests.Folders;
using Esb.Dynalite.Tests.Servers;

namespace Esb.Dynalite.Tests.Importing;

/// <summary>Tables of dynalite are the same after the import, with their indexes and settings.</summary>
public sealed class TableTests
{
    private const string Indexes = """
        , "LocalSecondaryIndexes": [
            {"IndexName": "by-a", "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"},
              {"AttributeName": "a", "KeyType": "RANGE"}],
             "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["v"]}}],
          "GlobalSecondaryIndexes": [
            {"IndexName": "by-b", "KeySchema": [{"AttributeName": "b", "KeyType": "HASH"},
              {"AttributeName": "r", "KeyType": "RANGE"}], "Projection": {"ProjectionType": "ALL"}},
            {"IndexName": "by-c", "KeySchema": [{"AttributeName": "c", "KeyType": "HASH"}],
             "Projection": {"ProjectionType": "KEYS_ONLY"}}]
        """;

    private const string Attributes = """
        , {"AttributeName": "a", "AttributeType": "S"}, {"AttributeName": "b", "AttributeType": "N"},
          {"AttributeName": "c", "AttributeType": "B"}
        """;

    [Test]
    public async Task Queries_of_local_and_global_indexes_have_the_same_answers()
    {
        string[] queries =
        [
            """
            {"TableName": "tab", "KeyConditionExpression": "h = :h",
             "ExpressionAttributeValues": {":h": {"S": "h1"}}}
            """,
            """
            {"TableName": "tab", "IndexName": "by-a", "KeyConditionExpression": "h = :h AND begins_with(a, :a)",
             "ExpressionAttributeValues": {":h": {"S": "h1"}, ":a": {"S": "a1"}}}
            """,
            """
            {"TableName": "tab", "IndexName": "by-b", "ScanIndexForward": false, "KeyConditionExpression": "b = :b",
             "ExpressionAttributeValues": {":b": {"N": "3"}}}
            """,
        ];
        using var folder = new TemporaryFolder();
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
        await dynalite.CreateAsync(ApiJson.NewTable("tab", Indexes, Attributes));
        await dynalite.PutAllAsync("tab", Enumerable.Range(0, 400).Select(i => Item(i)));
        await dynalite.PutAllAsync("tab", Enumerable.Range(0, 100).Select(i => Item(i * 3, moved: 1)));
        var before = new List<string>();
        foreach (var query in queries)
            before.Add(ApiJson.Ordered((await dynalite.SendAsync("Query", query))["Items"]));
        await dynalite.KillAsync();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        for (var i = 0; i < queries.Length; i++)
        {
            var after = await stores.SendAsync("Query", queries[i]);
            await Assert.That(ApiJson.Ordered(after["Items"])).IsEqualTo(before[i]);
            await Assert.That(after["Count"]!.GetValue<int>()).IsGreaterThan(10);
        }

        var index = await stores.SendAsync("Scan", """{"TableName": "tab", "IndexName": "by-c"}""");
        await Assert.That(index["Count"]!.GetValue<int>()).IsEqualTo(80);
        await Assert.That((await stores.DescribeAsync("tab"))["ItemCount"]!.GetValue<int>()).IsEqualTo(400);
    }

    [Test]
    public async Task Keys_indexes_and_capacity_of_tables_are_the_same()
    {
        const string Provisioned = """
            , "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
              "GlobalSecondaryIndexes": [{"IndexName": "by-b", "KeySchema": [{"AttributeName": "b", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
                "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}}]
            """;
        using var folder = new TemporaryFolder();
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
        await dynalite.CreateAsync(ApiJson.NewTable("on-demand", Indexes, Attributes));
        await dynalite.CreateAsync(ApiJson.NewTable(
            "provisioned", Provisioned, """, {"AttributeName": "b", "AttributeType": "N"}"""));
        await dynalite.SendAsync("UpdateTable", """
            {"TableName": "provisioned", "ProvisionedThroughput": {"ReadCapacityUnits": 30, "WriteCapacityUnits": 2}}
            """);
        await dynalite.ActiveAsync("provisioned");
        var before = new[] { await dynalite.DescribeAsync("on-demand"), await dynalite.DescribeAsync("provisioned") };
        await dynalite.KillAsync();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        var names = await stores.SendAsync("ListTables", "{}");
        await Assert.That(ApiJson.Ordered(names)).IsEqualTo("""{"TableNames":["on-demand","provisioned"]}""");
        foreach (var table in before)
        {
            var after = await stores.DescribeAsync(table["TableName"]!.GetValue<string>());
            await Assert.That(Described(after)).IsEqualTo(Described(table));
            await Assert.That(after["CreationDateTime"]!.GetValue<double>())
                .IsEqualTo(table["CreationDateTime"]!.GetValue<double>()).Within(0.01);
        }

        await Assert.That(Described(before[1])).Contains("\"ReadCapacityUnits\":30");
    }

    [Test]
    public async Task Tags_of_tables_are_the_same()
    {
        const string Arn = "arn:aws:dynamodb:us-east-1:000000000000:table/tab";
        using var folder = new TemporaryFolder();
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
        await dynalite.CreateAsync(ApiJson.NewTable("tab"));
        await dynalite.SendAsync("TagResource", $$"""
            {"ResourceArn": "{{Arn}}", "Tags": [{"Key": "team", "Value": "räder"}, {"Key": "a~b", "Value": ""}]}
            """);
        await dynalite.KillAsync();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        var tags = await stores.SendAsync("ListTagsOfResource", $$"""{"ResourceArn": "{{Arn}}"}""");
        await Assert.That(tags["Tags"]!.AsArray().Select(tag => $"{tag!["Key"]}={tag["Value"]}"))
            .IsEquivalentTo(["a~b=", "team=räder"]);
    }

    [Test]
    public async Task A_table_whose_deletion_had_begun_is_not_imported()
    {
        using var folder = new TemporaryFolder();
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path, deleteTableMs: 600_000);
        await dynalite.CreateAsync(ApiJson.NewTable("gone"));
        await dynalite.CreateAsync(ApiJson.NewTable("tab"));
        await dynalite.PutAsync("gone", Item(1));
        await dynalite.SendAsync("DeleteTable", ApiJson.Table("gone"));
        await dynalite.KillAsync();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        var names = await stores.SendAsync("ListTables", "{}");
        await Assert.That(ApiJson.Ordered(names)).IsEqualTo("""{"TableNames":["tab"]}""");
        await Assert.That(stores.Log).Contains("The table gone is not imported, since its deletion had begun.");
    }

    private static string Item(int number, int moved = 0) => $$$"""
        {"h": {"S": "h{{{number % 5}}}"}, "r": {"N": "{{{number}}}"}, "v": {"S": "v{{{number}}}"}, "w": {"BOOL": true},
         "a": {"S": "a{{{number + moved}}}"}, "b": {"N": "{{{(number + moved) % 6}}}"}
         {{{(number % 5 == 0 ? """, "c": {"B": "AAE="}""" : "")}}}}
        """;

    private static string Described(JsonNode table) => string.Join('\n', [
        Members(table, "AttributeDefinitions", "KeySchema", "TableArn", "TableName", "TableStatus"),
        Members(table["BillingModeSummary"], "BillingMode"),
        Units(table),
        .. IndexesOf(table, "LocalSecondaryIndexes"),
        .. IndexesOf(table, "GlobalSecondaryIndexes"),
    ]);

    private static IEnumerable<string> IndexesOf(JsonNode table, string name) => (table[name]?.AsArray() ?? [])
        .Select(index => Members(index, "IndexName", "KeySchema", "Projection", "IndexStatus") + Units(index)).Order();

    private static string Units(JsonNode? owner) =>
        Members(owner?["ProvisionedThroughput"], "ReadCapacityUnits", "WriteCapacityUnits", "NumberOfDecreasesToday");

    private static string Members(JsonNode? owner, params IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => $"\"{name}\":{ApiJson.Ordered(owner?[name])}"));
}

using System.Text.Json.Nodes;
using Esb.Dynalite.Tests.Folders;
using Esb.Dynalite.Tests.Servers;

namespace Esb.Dynalite.Tests.Importing;

/// <summary>Items of dynalite are the same after the import.</summary>
public sealed class ItemTests
{
    [Test]
    public async Task Values_of_all_types_are_the_same()
    {
        string[] values =
        [
            """{"S": "text"}""", """{"S": ""}""", """{"S": "日本 \ud83d\ude00 \u0000 \" \\ <&>"}""",
            """{"N": "0"}""", """{"N": "-12.50"}""", """{"N": "99999999999999999999999999999999999999"}""",
            """{"N": "1E-130"}""", """{"N": "-9.9999999999999999999999999999999999999E+125"}""", """{"N": "007"}""",
            """{"B": "AAEC/w=="}""", """{"B": ""}""", """{"BOOL": true}""", """{"BOOL": false}""", """{"NULL": true}""",
            """{"SS": ["b", "a", "ü"]}""", """{"NS": ["3", "1.0", "-2e3"]}""", """{"BS": ["AA==", "/w=="]}""",
            """{"L": []}""", """{"M": {}}""",
            """{"L": [{"S": "a"}, {"L": [{"N": "1.10"}, {"M": {"x": {"NULL": true}}}]}, {"BS": ["AQ=="]}]}""",
            """{"M": {"a.b": {"M": {"#": {"SS": ["x"]}}}, "": {"S": "empty name"}, "日": {"L": [{"BOOL": false}]}}}""",
        ];
        using var folder = new TemporaryFolder();
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
        await dynalite.CreateAsync(ApiJson.NewTable("tab"));
        var items = values.Select((value, i) => $$$"""{"h": {"S": "h"}, "r": {"N": "{{{i}}}"}, "v": {{{value}}}}""");
        await dynalite.PutAllAsync("tab", items);
        var before = await dynalite.ItemsAsync("tab");
        await dynalite.KillAsync();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        await Assert.That(await stores.ItemsAsync("tab")).IsEquivalentTo(before);
        await Assert.That(before.Count).IsEqualTo(values.Length);
    }

    [Test]
    [Arguments("S", "\"a\"", "\"ü/~!\"")]
    [Arguments("N", "\"-1.5\"", "\"1E+100\"")]
    [Arguments("B", "\"AAA=\"", "\"//8=\"")]
    public async Task Keys_of_all_types_find_their_items(string type, string first, string second)
    {
        using var folder = new TemporaryFolder();
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
        await dynalite.CreateAsync($$"""
            {"TableName": "a.b-c_d", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "k", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "k", "AttributeType": "{{type}}"}]}
            """);
        foreach (var key in new[] { first, second })
            await dynalite.PutAsync("a.b-c_d", $$$$"""{"k": {"{{{{type}}}}": {{{{key}}}}}, "v": {"S": {{{{key}}}}}}""");
        await dynalite.KillAsync();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        foreach (var key in new[] { first, second })
        {
            var found = await stores.SendAsync(
                "GetItem", $$$$"""{"TableName": "a.b-c_d", "Key": {"k": {"{{{{type}}}}": {{{{key}}}}}}}""");
            await Assert.That(found["Item"]!["v"]!["S"]!.ToJsonString()).IsEqualTo(JsonNode.Parse(key)!.ToJsonString());
        }
    }

    [Test]
    public async Task Items_that_were_overwritten_and_deleted_over_many_starts_have_their_last_state()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        IReadOnlyList<string> before = [];
        for (var start = 0; start < 4; start++)
        {
            await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
            if (start == 0)
                await dynalite.CreateAsync(ApiJson.NewTable("tab"));
            for (var batch = 0; batch < 80; batch++)
            {
                var keys = Enumerable.Range(0, 25).Select(_ => random.Next(1500)).Distinct();
                await dynalite.SendAsync("BatchWriteItem", $$$"""
                    {"RequestItems": {"tab": [{{{string.Join(",", keys.Select(key => Write(random, key)))}}}]}}
                    """);
            }

            before = await dynalite.ItemsAsync("tab");
            await dynalite.KillAsync();
        }

        await Assert.That(Directory.GetFiles(folder.In("database"), "*.ldb")).IsNotEmpty();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        await Assert.That((await stores.ItemsAsync("tab")).SequenceEqual(before)).IsTrue();
        await Assert.That(before.Count).IsGreaterThan(500);
    }

    [Test]
    public async Task Every_write_that_was_acknowledged_before_a_kill_is_imported()
    {
        using var folder = new TemporaryFolder();
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
        await dynalite.CreateAsync(ApiJson.NewTable("tab"));
        var acknowledged = new int[8];
        var clients = Enumerable.Range(0, acknowledged.Length).Select(async client =>
        {
            try
            {
                for (var number = 1; ; number++)
                {
                    await dynalite.PutAsync("tab", Item(client, number));
                    acknowledged[client] = number;
                }
            }
            catch (HttpRequestException)
            {
                // It was killed.
            }
        }).ToArray();
        await Eventually.TrueAsync(() => Task.FromResult(acknowledged.Sum() > 3000));
        await dynalite.KillAsync();
        await Task.WhenAll(clients);
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        var items = (await stores.ItemsAsync("tab")).ToHashSet();
        var missing = acknowledged.SelectMany((last, client) => Enumerable.Range(1, last)
            .Select(number => ApiJson.Ordered(JsonNode.Parse(Item(client, number))))
            .Where(item => !items.Contains(item)));
        await Assert.That(missing).IsEmpty();
    }

    private static string Item(int client, int number) => $$$"""
        {"h": {"S": "client {{{client}}}"}, "r": {"N": "{{{number}}}"}, "v": {"S": "{{{new string('x', 300)}}}"}}
        """;

    private static string Write(Random random, int key)
    {
        var keys = $$$"""
            "h": {"S": "h{{{key % 7}}}"}, "r": {"N": "{{{key}}}"}
            """;
        var value = new string((char)('a' + random.Next(26)), random.Next(3000));
        return random.Next(4) == 0
            ? $$$$$"""{"DeleteRequest": {"Key": {{{{{{keys}}}}}}}}"""
            : $$$$$"""{"PutRequest": {"Item": {{{{{{keys}}}}}, "v": {"S": "{{{{{value}}}}}"}}}}""";
    }
}

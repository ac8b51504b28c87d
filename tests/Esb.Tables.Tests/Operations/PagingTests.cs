using System.Text.Json.Nodes;
using CsCheck;

namespace Esb.Tables.Tests.Operations;

/// <summary>All pages together are the whole, whatever the limit, the direction and the segments.</summary>
public sealed class PagingTests
{
    private const string OfGroup = """
        "IndexName": "by-group", "KeyConditionExpression": "g = :g", "ExpressionAttributeValues": {":g": {"S": "g"}}
        """;

    private const string OfHash = """
        "KeyConditionExpression": "h = :h", "ExpressionAttributeValues": {":h": {"S": "a"}}
        """;

    private const string OfTable = """ "Select": "ALL_ATTRIBUTES" """;

    private const string OfIndex = """ "IndexName": "by-group" """;

    private static readonly Gen<(string Hash, int Range)[]> Keys =
        Gen.Select(OneOf("a", "b", "c", "d", "e"), Gen.Int[-9, 9]).Array[0, 30];

    [Test]
    public Task The_pages_of_a_query_are_its_whole_result_in_both_directions() =>
        Gen.Select(Keys, Gen.Int[1, 7], OneOf(OfHash, OfGroup), Gen.Bool).SampleAsync(
            async (keys, limit, query, forward) =>
            {
                await using var service = await WithItemsAsync(keys);
                string[] request = [query, $""" "ScanIndexForward": {(forward ? "true" : "false")} """];
                await RequirePagesAsync(service, "Query", request, limit);
            },
            iter: 40,
            threads: 2);

    [Test]
    public Task The_pages_of_all_segments_are_the_whole_table_or_index() =>
        Gen.Select(Keys, Gen.Int[1, 7], Gen.Int[1, 5], OneOf(OfTable, OfIndex)).SampleAsync(
            async (keys, limit, total, request) =>
            {
                await using var service = await WithItemsAsync(keys);
                var whole = await service.CallAsync("Scan", """ "TableName": "tab" """, request);
                var found = new List<string>();
                for (var segment = 0; segment < total; segment++)
                {
                    var part = $""" "Segment": {segment}, "TotalSegments": {total} """;
                    found.AddRange(await RequirePagesAsync(service, "Scan", [request, part], limit));
                }

                Require(found.Order().SequenceEqual(Texts(whole).Order()), $"{total} segments");
            },
            iter: 40,
            threads: 2);

    [Test]
    public async Task A_page_ends_at_1_MB_and_the_next_one_goes_on()
    {
        await using var service = await OpenService.WithTableAsync();
        for (var i = 0; i < 5; i++)
        {
            await service.PutAsync(
                $$$"""{"h": {"S": "a"}, "r": {"N": "{{{i}}}"}, "v": {"S": "{{{new string('x', 300_000)}}}"} }""");
        }

        var first = await service.CallAsync(
            "Query", """ "TableName": "tab", "ReturnConsumedCapacity": "TOTAL" """, OfHash);
        var second = await service.CallAsync(
            "Query", """ "TableName": "tab" """, OfHash, $""" "ExclusiveStartKey": {first["LastEvaluatedKey"]} """);
        await Assert.That(OpenService.Join(first["Items"])).IsEqualTo("0,1,2,3");
        await Assert.That(OpenService.Join(second["Items"])).IsEqualTo("4");
        await Assert.That(second["LastEvaluatedKey"]).IsNull();
        await Assert.That((decimal)first["ConsumedCapacity"]!["CapacityUnits"]!).IsEqualTo(146.5m);
    }

    [Test]
    public async Task A_limit_that_is_reached_at_the_end_still_has_a_key_to_go_on()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        var page = await service.CallAsync("Query", """ "TableName": "tab", "Limit": 1 """, OfHash);
        var more = await service.CallAsync("Query", """ "TableName": "tab", "Limit": 2 """, OfHash);
        await SameJson.IsAsync(page["LastEvaluatedKey"], """{"h": {"S": "a"}, "r": {"N": "1"}}""");
        await Assert.That(more["LastEvaluatedKey"]).IsNull();
    }

    [Test]
    public async Task A_page_goes_on_after_an_item_that_is_gone()
    {
        await using var service = await WithItemsAsync([("a", 1), ("a", 2), ("a", 3)]);
        var page = await service.CallAsync("Query", """ "TableName": "tab", "Limit": 2 """, OfHash);
        await service.CallAsync("DeleteItem", """ "TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "2"}} """);
        var next = await service.CallAsync(
            "Query", """ "TableName": "tab" """, OfHash, $""" "ExclusiveStartKey": {page["LastEvaluatedKey"]} """);
        await Assert.That(OpenService.Join(next["Items"])).IsEqualTo("3");
    }

    private static async Task<OpenService> WithItemsAsync(IEnumerable<(string Hash, int Range)> keys)
    {
        var service = OpenService.Empty();
        await service.CreateAsync(
            "tab",
            """
            , "GlobalSecondaryIndexes": [{"IndexName": "by-group", "Projection": {"ProjectionType": "KEYS_ONLY"},
              "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}]}]
            """,
            """, {"AttributeName": "g", "AttributeType": "S"}""");
        foreach (var (hash, range) in keys.Distinct())
        {
            // Every other item is in the index, all of them under one key.
            var group = range % 2 == 0 ? """, "g": {"S": "g"} """ : "";
            await service.PutAsync($$$"""{"h": {"S": "{{{hash}}}"}, "r": {"N": "{{{range}}}"}{{{group}}} }""");
        }

        return service;
    }

    /// <summary>Reads page by page, compares with one read, and returns what was found.</summary>
    private static async Task<IReadOnlyList<string>> RequirePagesAsync(
        OpenService service, string operation, string[] request, int limit)
    {
        const string Table = """ "TableName": "tab" """;
        var whole = Texts(await service.CallAsync(operation, [Table, .. request]));
        var found = new List<string>();
        string[] start = [];
        do
        {
            var page = await service.CallAsync(operation, [Table, $""" "Limit": {limit} """, .. request, .. start]);
            var texts = Texts(page);
            Require(texts.Length <= limit && (int)page["ScannedCount"]! <= limit, $"a page of {texts.Length}");
            found.AddRange(texts);
            start = page["LastEvaluatedKey"] is { } key ? [$""" "ExclusiveStartKey": {key.ToJsonString()} """] : [];
        }
        while (start.Length > 0);

        Require(found.SequenceEqual(whole), $"{string.Join(' ', found)} is not {string.Join(' ', whole)}");
        return found;
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string[] Texts(JsonNode page) => [.. page["Items"]!.AsArray().Select(SameJson.Of)];

    private static void Require(bool isTrue, string otherwise)
    {
        if (!isTrue)
            throw new InvalidOperationException(otherwise);
    }
}

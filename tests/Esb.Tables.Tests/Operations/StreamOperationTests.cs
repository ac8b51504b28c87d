using System.Text.Json.Nodes;

namespace Esb.Tables.Tests.Operations;

/// <summary>Streams, as their readers see them.</summary>
public sealed class StreamOperationTests
{
    private const string Table = """ "TableName": "tab" """;

    [Test]
    public async Task A_stream_has_each_change_in_order_with_its_images()
    {
        await using var service = await WithStreamAsync("NEW_AND_OLD_IMAGES");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "1"}}""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "2"}}""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "2"}}""");
        await service.CallAsync("DeleteItem", Table, """ "Key": {"h": {"S": "a"}, "r": {"N": "1"}} """);
        var records = (await ReadAsync(service, "TRIM_HORIZON"))["Records"]!.AsArray();
        await Assert.That(string.Join(',', records.Select(record => (string)record!["eventName"]!)))
            .IsEqualTo("INSERT,MODIFY,REMOVE");
        var change = records[1]!["dynamodb"]!;
        await SameJson.IsAsync(change["Keys"], """{"h": {"S": "a"}, "r": {"N": "1"}}""");
        await SameJson.IsAsync(change["OldImage"], """{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "1"}}""");
        await SameJson.IsAsync(change["NewImage"], """{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "2"}}""");
        await Assert.That((string)records[1]!["awsRegion"]!).IsEqualTo("eu-west-1");
        await Assert.That(records[1]!["userIdentity"]).IsNull();
        var sequences = records.Select(record => (string)record!["dynamodb"]!["SequenceNumber"]!).ToArray();
        await Assert.That(sequences.Order(StringComparer.Ordinal)).IsEquivalentTo(sequences);
    }

    [Test]
    [Arguments("KEYS_ONLY", false, false)]
    [Arguments("NEW_IMAGE", true, false)]
    [Arguments("OLD_IMAGE", false, true)]
    public async Task A_stream_has_the_images_of_its_view(string view, bool hasNew, bool hasOld)
    {
        await using var service = await WithStreamAsync(view);
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "1"}}""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "2"}}""");
        var change = (await ReadAsync(service, "TRIM_HORIZON"))["Records"]![1]!["dynamodb"]!;
        await Assert.That(change["NewImage"] is not null).IsEqualTo(hasNew);
        await Assert.That(change["OldImage"] is not null).IsEqualTo(hasOld);
    }

    [Test]
    public async Task A_reader_goes_on_where_it_was_also_after_a_restart()
    {
        await using var service = await WithStreamAsync("KEYS_ONLY");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        var first = await ReadAsync(service, "TRIM_HORIZON");
        await service.RestartAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "2"}}""");
        var second = await service.CallAsync("GetRecords", $$"""{"ShardIterator": "{{first["NextShardIterator"]}}"}""");
        var keys = second["Records"]!.AsArray().Single()!["dynamodb"]!["Keys"];
        await SameJson.IsAsync(keys, """{"h": {"S": "a"}, "r": {"N": "2"}}""");
    }

    [Test]
    public async Task An_iterator_begins_at_or_after_a_number_or_with_what_comes()
    {
        await using var service = await WithStreamAsync("KEYS_ONLY");
        var latest = await IteratorAsync(service, "LATEST");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "2"}}""");
        var all = await service.CallAsync("GetRecords", $$"""{"ShardIterator": "{{latest}}"}""");
        var number = (string)all["Records"]![0]!["dynamodb"]!["SequenceNumber"]!;
        var at = await ReadAsync(service, "AT_SEQUENCE_NUMBER", number);
        var after = await ReadAsync(service, "AFTER_SEQUENCE_NUMBER", number);
        var none = await ReadAsync(service, "LATEST");
        await Assert.That(Counts(all, at, after, none)).IsEqualTo("2 2 1 0");
    }

    [Test]
    public async Task An_iterator_expires_after_15_minutes()
    {
        await using var service = await WithStreamAsync("KEYS_ONLY");
        var iterator = await IteratorAsync(service, "LATEST");
        service.Tables.Time.Advance(TimeSpan.FromMinutes(16));
        await Assert.That(await service.ErrorAsync("GetRecords", $$"""{"ShardIterator": "{{iterator}}"}"""))
            .StartsWith("ExpiredIteratorException: ");
    }

    [Test]
    public async Task A_stream_that_is_switched_off_is_closed_and_can_still_be_read()
    {
        await using var service = await WithStreamAsync("KEYS_ONLY");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        var arn = await ArnAsync(service);
        var iterator = await IteratorAsync(service, "TRIM_HORIZON");
        await service.CallAsync("UpdateTable", Table, """ "StreamSpecification": {"StreamEnabled": false} """);
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "2"}}""");
        var first = await service.CallAsync("GetRecords", $$"""{"ShardIterator": "{{iterator}}"}""");
        var end = first["NextShardIterator"] is { } next
            ? await service.CallAsync("GetRecords", $$"""{"ShardIterator": "{{next}}"}""")
            : first;
        var described = await service.CallAsync("DescribeStream", $$"""{"StreamArn": "{{arn}}"}""");
        await Assert.That(first["Records"]!.AsArray().Count).IsEqualTo(1);
        await Assert.That(end["NextShardIterator"]).IsNull();
        await Assert.That((string)described["StreamDescription"]!["StreamStatus"]!).IsEqualTo("DISABLED");
    }

    [Test]
    public async Task Streams_are_listed_by_table()
    {
        await using var service = await WithStreamAsync("KEYS_ONLY");
        await service.CreateAsync("other");
        var arn = await ArnAsync(service);
        var all = await service.CallAsync("ListStreams", "{}");
        var none = await service.CallAsync("ListStreams", """{"TableName": "other"}""");
        await Assert.That((string)all["Streams"]!.AsArray().Single()!["StreamArn"]!).IsEqualTo(arn);
        await Assert.That(arn).StartsWith(
            "arn:aws:dynamodb:eu-west-1:123456789012:table/tab/stream/2026-11-30T12:00:00.");
        await SameJson.IsAsync(none, """{"Streams": []}""");
    }

    [Test]
    public async Task An_item_that_expired_is_removed_by_the_service_itself()
    {
        await using var service = await WithStreamAsync("OLD_IMAGE");
        await service.CallAsync(
            "UpdateTimeToLive", Table, """ "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "e"} """);
        var past = service.Tables.Time.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds();
        await service.PutAsync($$$"""{"h": {"S": "a"}, "r": {"N": "1"}, "e": {"N": "{{{past}}}"} }""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "2"}, "e": {"S": "no time"}}""");
        service.Tables.Time.Advance(TimeSpan.FromMinutes(3));
        await Eventually.TrueAsync(async () =>
        {
            service.Tables.Time.Advance(TimeSpan.Zero);
            return OpenService.Join((await service.CallAsync("Scan", Table))["Items"]) == "2";
        });
        var removed = (await ReadAsync(service, "TRIM_HORIZON"))["Records"]!.AsArray()[^1]!;
        await Assert.That((string)removed["eventName"]!).IsEqualTo("REMOVE");
        await SameJson.IsAsync(
            removed["userIdentity"], """{"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"}""");
    }

    private static async Task<OpenService> WithStreamAsync(string view)
    {
        var service = OpenService.Empty();
        await service.CreateAsync(
            "tab", $$""", "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "{{view}}"} """);
        return service;
    }

    private static string Counts(params JsonNode[] answers) =>
        string.Join(' ', answers.Select(answer => answer["Records"]!.AsArray().Count));

    private static async Task<string> ArnAsync(OpenService service) =>
        (string)(await service.CallAsync("DescribeTable", Table))["Table"]!["LatestStreamArn"]!;

    private static async Task<string> IteratorAsync(OpenService service, string type, string? number = null)
    {
        var arn = await ArnAsync(service);
        var described = await service.CallAsync("DescribeStream", $$"""{"StreamArn": "{{arn}}"}""");
        var shard = (string)described["StreamDescription"]!["Shards"]![0]!["ShardId"]!;
        var sequence = number is null ? "null" : $"\"{number}\"";
        var iterator = await service.CallAsync("GetShardIterator", $$"""
            {"StreamArn": "{{arn}}", "ShardId": "{{shard}}", "ShardIteratorType": "{{type}}", "SequenceNumber": {{sequence}} }
            """);
        return (string)iterator["ShardIterator"]!;
    }

    private static async Task<JsonNode> ReadAsync(OpenService service, string type, string? number = null) =>
        await service.CallAsync(
            "GetRecords", $$"""{"ShardIterator": "{{await IteratorAsync(service, type, number)}}"}""");
}

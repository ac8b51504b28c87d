namespace Esb.Tables.Tests.Operations;

/// <summary>Batches of reads and of writes.</summary>
public sealed class BatchTests
{
    [Test]
    public async Task A_batch_writes_and_deletes_in_several_tables()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.CreateAsync("other");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        var answer = await service.CallAsync("BatchWriteItem", """
            {"ReturnConsumedCapacity": "TOTAL", "RequestItems": {
              "tab": [{"DeleteRequest": {"Key": {"h": {"S": "a"}, "r": {"N": "1"}}}},
                {"PutRequest": {"Item": {"h": {"S": "a"}, "r": {"N": "2"}}}}],
              "other": [{"PutRequest": {"Item": {"h": {"S": "b"}, "r": {"N": "3"}}}}]}}
            """);
        var left = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        var other = await service.CallAsync("Scan", """{"TableName": "other"}""");
        await SameJson.IsAsync(answer, """
            {"UnprocessedItems": {}, "ConsumedCapacity": [{"TableName": "tab", "CapacityUnits": 2},
              {"TableName": "other", "CapacityUnits": 1}]}
            """);
        await Assert.That(OpenService.Join(left["Items"])).IsEqualTo("2");
        await Assert.That(OpenService.Join(other["Items"])).IsEqualTo("3");
    }

    [Test]
    public async Task A_batch_reads_what_is_there()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"S": "x"}}""");
        var answer = await service.CallAsync("BatchGetItem", """
            {"RequestItems": {"tab": {"ProjectionExpression": "#v", "ExpressionAttributeNames": {"#v": "v"}, "Keys": [
              {"h": {"S": "a"}, "r": {"N": "1"}}, {"h": {"S": "a"}, "r": {"N": "2"}}]}}}
            """);
        await SameJson.IsAsync(answer, """{"Responses": {"tab": [{"v": {"S": "x"}}]}, "UnprocessedKeys": {}}""");
    }

    [Test]
    public async Task A_batch_of_reads_stops_before_16_MB_and_names_the_rest()
    {
        await using var service = await OpenService.WithTableAsync();
        var text = new string('x', 400_000);
        for (var i = 0; i < 45; i++)
            await service.PutAsync($$$"""{"h": {"S": "a"}, "r": {"N": "{{{i}}}"}, "v": {"S": "{{{text}}}"} }""");
        var keys = string.Join(", ", Enumerable.Range(0, 45).Select(
            i => $$$"""{"h": {"S": "a"}, "r": {"N": "{{{i}}}"} }"""));
        var answer = await service.CallAsync("BatchGetItem", $$$"""
            {"RequestItems": {"tab": {"ConsistentRead": true, "Keys": [{{{keys}}}]} } }
            """);
        var rest = answer["UnprocessedKeys"]!["tab"]!;
        var again = await service.CallAsync(
            "BatchGetItem", $$"""{"RequestItems": {{answer["UnprocessedKeys"]!.ToJsonString()}} }""");
        await Assert.That(answer["Responses"]!["tab"]!.AsArray().Count).IsEqualTo(41);
        await Assert.That(OpenService.Join(rest["Keys"])).IsEqualTo("41,42,43,44");
        await Assert.That((bool)rest["ConsistentRead"]!).IsTrue();
        await Assert.That(OpenService.Join(again["Responses"]!["tab"])).IsEqualTo("41,42,43,44");
    }

    [Test]
    public async Task One_wrong_write_of_a_batch_is_none_written()
    {
        await using var service = await OpenService.WithTableAsync();
        var error = await service.ErrorAsync("BatchWriteItem", """
            {"RequestItems": {"tab": [{"PutRequest": {"Item": {"h": {"S": "a"}, "r": {"N": "1"}}}},
              {"PutRequest": {"Item": {"h": {"S": "a"}}}}]}}
            """);
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await Assert.That(error).IsEqualTo("ValidationException: The provided key element does not match the schema");
        await Assert.That((int)scan["Count"]!).IsEqualTo(0);
    }

    [Test]
    [Arguments(
        """
        {"tab": [{"PutRequest": {"Item": {"h": {"S": "a"}, "r": {"N": "1"}}}},
          {"DeleteRequest": {"Key": {"h": {"S": "a"}, "r": {"N": "1.0"}}}}]}
        """,
        "ValidationException: Provided list of item keys contains duplicates")]
    [Arguments(
        """
        {"tab": [{"PutRequest": {"Item": {"h": {"S": "a"}, "r": {"N": "1"}}},
          "DeleteRequest": {"Key": {"h": {"S": "a"}, "r": {"N": "1"}}}}]}
        """,
        "ValidationException: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
        + "supported datatypes")]
    [Arguments(
        """{"none": [{"PutRequest": {"Item": {"h": {"S": "a"}, "r": {"N": "1"}}}}]}""",
        "ResourceNotFoundException: Requested resource not found")]
    public async Task A_batch_of_writes_that_cannot_be_is_refused(string items, string error)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("BatchWriteItem", $$"""{"RequestItems": {{items}} }"""))
            .IsEqualTo(error);
    }

    [Test]
    [Arguments(
        """{"tab": {"Keys": [{"h": {"S": "a"}, "r": {"N": "1"}}, {"h": {"S": "a"}, "r": {"N": "1.0"}}]}}""",
        "Provided list of item keys contains duplicates")]
    [Arguments("""{"tab": {"Keys": [{"h": {"S": "a"}}]}}""", "The provided key element does not match the schema")]
    [Arguments(
        "{}",
        "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have "
        + "length greater than or equal to 1")]
    public async Task A_batch_of_reads_that_cannot_be_is_refused(string items, string message)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("BatchGetItem", $$"""{"RequestItems": {{items}} }"""))
            .IsEqualTo("ValidationException: " + message);
    }

    [Test]
    public async Task More_items_than_a_batch_may_have_are_refused()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.CreateAsync("other");
        var puts = string.Join(", ", Enumerable.Range(0, 13).Select(
            i => $$$"""{"PutRequest": {"Item": {"h": {"S": "a"}, "r": {"N": "{{{i}}}"} } } }"""));
        await Assert.That(await service.ErrorAsync(
                "BatchWriteItem", $$$"""{"RequestItems": {"tab": [{{{puts}}}], "other": [{{{puts}}}]} }"""))
            .IsEqualTo("ValidationException: Too many items requested for the BatchWriteItem call");
    }

    [Test]
    [Arguments("""{"tab": null}""")]
    [Arguments("""{"tab": [null]}""")]
    public async Task What_is_null_in_a_batch_is_left_out(string items)
    {
        await using var service = await OpenService.WithTableAsync();
        var answer = await service.CallAsync(
            "BatchWriteItem", """ "ReturnItemCollectionMetrics": "SIZE" """, $""" "RequestItems": {items} """);
        await SameJson.IsAsync(answer["UnprocessedItems"], "{}");
    }
}

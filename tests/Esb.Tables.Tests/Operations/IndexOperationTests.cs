namespace Esb.Tables.Tests.Operations;

/// <summary>Indexes: made with the table or later, read, and removed.</summary>
public sealed class IndexOperationTests
{
    private const string Table = """ "TableName": "tab" """;

    private const string OfGroup = """
        "IndexName": "by-group", "KeyConditionExpression": "g = :g", "ExpressionAttributeValues": {":g": {"S": "x"}}
        """;

    private const string Group = """, {"AttributeName": "g", "AttributeType": "S"}""";

    [Test]
    public async Task A_global_index_has_the_items_with_its_key_and_what_it_projects()
    {
        await using var service = await WithGlobalIndexAsync(
            """{"ProjectionType": "INCLUDE", "NonKeyAttributes": ["v"]}""");
        await service.PutAsync(
            """{"h": {"S": "a"}, "r": {"N": "1"}, "g": {"S": "x"}, "v": {"N": "1"}, "w": {"N": "1"}}""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "2"}, "v": {"N": "2"}}""");
        var found = await service.CallAsync("Query", Table, OfGroup);
        await service.CallAsync(
            "UpdateItem", Table, """ "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "UpdateExpression": "REMOVE g" """);
        var after = await service.CallAsync("Query", Table, OfGroup);
        await SameJson.IsAsync(
            found["Items"], """[{"h": {"S": "a"}, "r": {"N": "1"}, "g": {"S": "x"}, "v": {"N": "1"}}]""");
        await Assert.That((int)after["Count"]!).IsEqualTo(0);
    }

    [Test]
    public async Task A_global_index_says_what_it_does_not_have()
    {
        await using var service = await WithGlobalIndexAsync("""{"ProjectionType": "KEYS_ONLY"}""");
        await Assert.That(await service.ErrorAsync("Query", Table, OfGroup, """ "ProjectionExpression": "v" """))
            .IsEqualTo("ValidationException: One or more parameter values were invalid: Global secondary index "
                + "by-group does not project [v]");
        await Assert.That(await service.ErrorAsync("Query", Table, OfGroup, """ "ConsistentRead": true """))
            .IsEqualTo("ValidationException: Consistent reads are not supported on global secondary indexes");
    }

    [Test]
    public async Task A_local_index_orders_a_partition_and_fetches_what_it_does_not_have()
    {
        await using var service = OpenService.Empty();
        await service.CreateAsync(
            "tab",
            """
            , "LocalSecondaryIndexes": [{"IndexName": "by-group", "Projection": {"ProjectionType": "KEYS_ONLY"},
              "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "g", "KeyType": "RANGE"}]}]
            """,
            Group);
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "g": {"S": "z"}, "v": {"N": "1"}}""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "2"}, "g": {"S": "y"}, "v": {"N": "2"}}""");
        const string OfHash = """
            "IndexName": "by-group", "KeyConditionExpression": "h = :h", "ExpressionAttributeValues": {":h": {"S": "a"}}
            """;
        var keys = await service.CallAsync("Query", Table, OfHash);
        var all = await service.CallAsync(
            "Query", Table, OfHash, """ "Select": "ALL_ATTRIBUTES", "ConsistentRead": true """);
        await Assert.That(OpenService.Join(keys["Items"])).IsEqualTo("2,1");
        await Assert.That(OpenService.Join(keys["Items"], "v")).IsEqualTo(",");
        await Assert.That(OpenService.Join(all["Items"], "v")).IsEqualTo("2,1");
    }

    [Test]
    public async Task An_index_that_is_added_later_is_filled_and_then_active()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "g": {"S": "x"}}""");
        var updated = await service.CallAsync("UpdateTable", Table, """
            "AttributeDefinitions": [{"AttributeName": "g", "AttributeType": "S"}],
            "GlobalSecondaryIndexUpdates": [{"Create": {"IndexName": "by-group", "Projection": {"ProjectionType": "ALL"},
              "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}]}}]
            """);
        await service.RestartAsync();
        await service.Tables.UntilNothingIsToDoAsync();
        var described = await service.CallAsync("DescribeTable", Table);
        var found = await service.CallAsync("Query", Table, OfGroup);
        await Assert.That((string)updated["TableDescription"]!["GlobalSecondaryIndexes"]![0]!["IndexStatus"]!)
            .IsEqualTo("CREATING");
        await Assert.That((string)described["Table"]!["GlobalSecondaryIndexes"]![0]!["IndexStatus"]!)
            .IsEqualTo("ACTIVE");
        await Assert.That(OpenService.Join(found["Items"])).IsEqualTo("1");
    }

    [Test]
    public async Task An_index_is_removed()
    {
        await using var service = await WithGlobalIndexAsync("""{"ProjectionType": "ALL"}""");
        const string Delete = """ "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": "by-group"}}] """;
        await service.CallAsync("UpdateTable", Table, Delete);
        await service.Tables.UntilNothingIsToDoAsync();
        var described = await service.CallAsync("DescribeTable", Table);
        await Assert.That(described["Table"]!["GlobalSecondaryIndexes"]).IsNull();
        await Assert.That(await service.ErrorAsync("Query", Table, OfGroup))
            .IsEqualTo("ValidationException: The table does not have the specified index: by-group");
        await Assert.That(await service.ErrorAsync("UpdateTable", Table, Delete))
            .IsEqualTo("ResourceNotFoundException: Requested resource not found: Index: by-group not found");
    }

    [Test]
    public async Task An_index_key_of_another_type_is_refused()
    {
        await using var service = await WithGlobalIndexAsync("""{"ProjectionType": "ALL"}""");
        await Assert.That(await service.ErrorAsync(
                "PutItem", Table, """ "Item": {"h": {"S": "a"}, "r": {"N": "1"}, "g": {"N": "1"}} """))
            .IsEqualTo("ValidationException: One or more parameter values were invalid: Type mismatch for Index Key g "
                + "Expected: S Actual: N IndexName: by-group");
    }

    private static async Task<OpenService> WithGlobalIndexAsync(string projection)
    {
        var service = OpenService.Empty();
        await service.CreateAsync(
            "tab",
            $$"""
            , "GlobalSecondaryIndexes": [{"IndexName": "by-group", "Projection": {{projection}},
              "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}]}]
            """,
            Group);
        return service;
    }

    [Test]
    [Arguments("SET g = :n", Mismatch)]
    [Arguments("SET w = v, g = v + :n", Mismatch)]
    [Arguments("SET w.x = v ADD g :n", Mismatch)]
    [Arguments("SET g = v", "The update expression attempted to update the secondary index key to unsupported type")]
    [Arguments("SET g = :e", "One or more parameter values are not valid. The update expression attempted to update a "
        + "secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain "
        + "an empty string value.")]
    [Arguments("SET g = :l",
        "The update expression attempted to update the secondary index key beyond allowed size limits")]
    [Arguments("SET w = g[1]", "Key attributes must be scalars; list random access '[]' and map lookup '.' are not "
        + "allowed: IndexKey: g")]
    public async Task An_update_of_a_key_of_an_index_says_what_is_wrong(string update, string problem)
    {
        await using var service = await WithGlobalIndexAsync("""{"ProjectionType": "ALL"}""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "g": {"S": "x"}, "v": {"N": "1"}}""");
        var values = string.Join(", ", new[]
        {
            (":n", """{"N": "1"}"""), (":e", """{"S": ""}"""), (":l", $$"""{"S": "{{new string('x', 2049)}}"}"""),
        }.Where(value => update.Contains(value.Item1, StringComparison.Ordinal))
            .Select(value => $"\"{value.Item1}\": {value.Item2}"));
        var given = values.Length == 0 ? "" : $$""", "ExpressionAttributeValues": {{{values}}}""";
        await Assert.That(await service.ErrorAsync("UpdateItem", $$$"""
            {{{{Table}}}, "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "UpdateExpression": "{{{update}}}"{{{given}}} }
            """)).IsEqualTo("ValidationException: " + problem);
    }

    [Test]
    public async Task An_update_leaves_a_key_alone_that_has_another_type_since_before_the_index()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "g": {"N": "7"}}""");
        await service.CallAsync("UpdateTable", Table, """
            "AttributeDefinitions": [{"AttributeName": "g", "AttributeType": "S"}],
            "GlobalSecondaryIndexUpdates": [{"Create": {"IndexName": "by-group", "Projection": {"ProjectionType": "ALL"},
              "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}]}}]
            """);
        await service.Tables.UntilNothingIsToDoAsync();
        await service.CallAsync("UpdateItem", Table, """
            "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "UpdateExpression": "SET v = :v",
            "ExpressionAttributeValues": {":v": {"N": "5"}}
            """);
        var scan = await service.CallAsync("Scan", Table);
        await Assert.That(OpenService.Join(scan["Items"], "v")).IsEqualTo("5");
    }

    private const string Mismatch = "One or more parameter values were invalid: "
        + "Type mismatch for Index Key g Expected: S Actual: N IndexName: by-group";
}

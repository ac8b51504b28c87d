namespace Esb.Tables.Tests.Operations;

/// <summary>Queries: what they find, in which order, and what of it they answer with.</summary>
public sealed class QueryTests
{
    private const string Table = """ "TableName": "tab" """;

    [Test]
    [Arguments("h = :h", "-10,-2,0,1.5,2,10")]
    [Arguments("h = :h AND r = :two", "2")]
    [Arguments("h = :h AND r < :two", "-10,-2,0,1.5")]
    [Arguments("h = :h AND r <= :two", "-10,-2,0,1.5,2")]
    [Arguments("r > :two AND h = :h", "10")]
    [Arguments("(h = :h) AND (r >= :two)", "2,10")]
    [Arguments("h = :h AND r BETWEEN :low AND :two", "-2,0,1.5,2")]
    public async Task A_key_condition_finds_the_items_in_the_order_of_numbers(string condition, string expected)
    {
        await using var service = await WithNumbersAsync();
        var values = """ ":h": {"S": "a"} """
            + (condition.Contains(":two") ? """, ":two": {"N": "2"} """ : "")
            + (condition.Contains(":low") ? """, ":low": {"N": "-2"} """ : "");
        var request = $$"""
            "KeyConditionExpression": "{{condition}}", "ExpressionAttributeValues": { {{values}} }
            """;
        var up = await service.CallAsync("Query", Table, request);
        var down = await service.CallAsync("Query", Table, request, """ "ScanIndexForward": false """);
        await Assert.That(OpenService.Join(up["Items"])).IsEqualTo(expected);
        await Assert.That(OpenService.Join(down["Items"])).IsEqualTo(string.Join(',', expected.Split(',').Reverse()));
    }

    [Test]
    public async Task Strings_are_ordered_by_their_bytes_and_found_by_their_beginning()
    {
        await using var service = OpenService.Empty();
        await service.CallAsync("CreateTable", """
            {"TableName": "texts", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}],
             "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"},
               {"AttributeName": "r", "AttributeType": "S"}]}
            """);
        foreach (var text in new[] { "ab", "a", "b", "aé", "aa", "Z", "a\\u0000" })
            await service.PutAsync($$"""{"h": {"S": "x"}, "r": {"S": "{{text}}"} }""", "texts");
        var found = await service.CallAsync("Query", """
            {"TableName": "texts", "KeyConditionExpression": "h = :h AND begins_with(r, :a)",
             "ExpressionAttributeValues": {":h": {"S": "x"}, ":a": {"S": "a"}}}
            """);
        await Assert.That(OpenService.Join(found["Items"])).IsEqualTo("a,a\0,aa,ab,aé");
    }

    [Test]
    public async Task A_filter_takes_items_away_after_they_are_counted()
    {
        await using var service = await WithNumbersAsync();
        var found = await service.CallAsync("Query", Table, """
            "KeyConditionExpression": "h = :h", "FilterExpression": "v > :v", "Limit": 4,
            "ExpressionAttributeValues": {":h": {"S": "a"}, ":v": {"N": "0"}}
            """);
        await SameJson.IsAsync(found, """
            {"Items": [{"h": {"S": "a"}, "r": {"N": "1.5"}, "v": {"N": "1.5"}}], "Count": 1, "ScannedCount": 4,
             "LastEvaluatedKey": {"h": {"S": "a"}, "r": {"N": "1.5"}}}
            """);
    }

    [Test]
    public async Task Select_COUNT_answers_with_numbers_alone()
    {
        await using var service = await WithNumbersAsync();
        var found = await service.CallAsync("Query", Table, """
            "KeyConditionExpression": "h = :h", "Select": "COUNT", "ReturnConsumedCapacity": "TOTAL",
            "ConsistentRead": true, "ExpressionAttributeValues": {":h": {"S": "a"}}
            """);
        await SameJson.IsAsync(found, """
            {"Count": 6, "ScannedCount": 6, "ConsumedCapacity": {"TableName": "tab", "CapacityUnits": 1}}
            """);
    }

    [Test]
    public async Task The_parameters_of_the_earlier_API_query_as_expressions_do()
    {
        await using var service = await WithNumbersAsync();
        var found = await service.CallAsync("Query", Table, """
            "KeyConditions": {"h": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "a"}]},
              "r": {"ComparisonOperator": "BETWEEN", "AttributeValueList": [{"N": "0"}, {"N": "2"}]}},
            "QueryFilter": {"v": {"ComparisonOperator": "NE", "AttributeValueList": [{"N": "0"}]}},
            "AttributesToGet": ["r"]
            """);
        await SameJson.IsAsync(found["Items"], """[{"r": {"N": "1.5"}}, {"r": {"N": "2"}}]""");
    }

    [Test]
    [Arguments(
        """ "KeyConditionExpression": "r = :r", "ExpressionAttributeValues": {":r": {"N": "1"}} """,
        "Query condition missed key schema element: h")]
    [Arguments(
        """ "KeyConditionExpression": "h > :h", "ExpressionAttributeValues": {":h": {"S": "a"}} """,
        "Query key condition not supported")]
    [Arguments(
        """ "KeyConditionExpression": "h = :h AND v = :h", "ExpressionAttributeValues": {":h": {"S": "a"}} """,
        "Query condition missed key schema element: r")]
    [Arguments(
        """ "KeyConditionExpression": "h = :h", "ExpressionAttributeValues": {":h": {"N": "1"}} """,
        "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    [Arguments(
        """
        "KeyConditionExpression": "h = :h", "FilterExpression": "r = :r",
        "ExpressionAttributeValues": {":h": {"S": "a"}, ":r": {"N": "1"}}
        """,
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: r")]
    [Arguments(
        """
        "IndexName": "none", "KeyConditionExpression": "h = :h", "ExpressionAttributeValues": {":h": {"S": "a"}}
        """,
        "The table does not have the specified index: none")]
    [Arguments(
        """ "FilterExpression": "attribute_exists(v)" """,
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")]
    [Arguments(
        """
        "KeyConditionExpression": "h = :h", "ExpressionAttributeValues": {":h": {"S": "a"}},
        "ExclusiveStartKey": {"h": {"S": "b"}, "r": {"N": "1"}}
        """,
        "The provided starting key is outside query boundaries based on provided conditions")]
    [Arguments(
        """
        "KeyConditionExpression": "h = :h", "ExpressionAttributeValues": {":h": {"S": "a"}},
        "ExclusiveStartKey": {"h": {"S": "a"}}
        """,
        "The provided starting key is invalid")]
    public async Task A_query_that_cannot_be_is_refused(string request, string message)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("Query", Table, request))
            .IsEqualTo("ValidationException: " + message);
    }

    private static async Task<OpenService> WithNumbersAsync()
    {
        var service = await OpenService.WithTableAsync();
        foreach (var number in new[] { "10", "2", "-2", "1.5", "0", "-10" })
            await service.PutAsync($$$"""{"h": {"S": "a"}, "r": {"N": "{{{number}}}"}, "v": {"N": "{{{number}}}"} }""");
        await service.PutAsync("""{"h": {"S": "b"}, "r": {"N": "3"}}""");
        return service;
    }
}

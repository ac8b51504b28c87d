namespace Esb.Tables.Tests.Operations;

/// <summary>Conditions of writes, and the attributes that writes answer with.</summary>
public sealed class ConditionalWriteTests
{
    private const string Old = """{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "5"}, "m": {"M": {"x": {"N": "1"}}}}""";

    private const string Key = """ "TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}} """;

    [Test]
    [Arguments("PutItem", """ "TableName": "tab", "Item": {"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "6"}} """)]
    [Arguments("UpdateItem", Key + """, "UpdateExpression": "SET w = v" """)]
    [Arguments("DeleteItem", Key)]
    public async Task A_condition_that_is_not_true_changes_nothing(string operation, string request)
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync(Old);
        var error = await service.ErrorAsync(
            operation,
            request,
            """ "ConditionExpression": "v < :v", "ExpressionAttributeValues": {":v": {"N": "5"}} """);
        var got = await service.CallAsync("GetItem", Key);
        await Assert.That(error).IsEqualTo("ConditionalCheckFailedException: The conditional request failed");
        await SameJson.IsAsync(got["Item"], Old);
    }

    [Test]
    public async Task The_error_carries_the_item_when_the_request_asks_for_it()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync(Old);
        var error = await service.FailAsync("DeleteItem", Key, """
            "ConditionExpression": "attribute_not_exists(v)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
            """);
        await SameJson.IsAsync(error, $$"""
            {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
             "message": "The conditional request failed", "Item": {{Old}}}
            """);
    }

    [Test]
    public async Task The_error_carries_nothing_when_there_is_no_item()
    {
        await using var service = await OpenService.WithTableAsync();
        var error = await service.FailAsync("DeleteItem", Key, """
            "ConditionExpression": "attribute_exists(h)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"
            """);
        await Assert.That(error["Item"]).IsNull();
    }

    [Test]
    public async Task A_put_if_absent_succeeds_once()
    {
        await using var service = await OpenService.WithTableAsync();
        const string Put = $"""
            "TableName": "tab", "Item": {Old}, "ConditionExpression": "attribute_not_exists(h)"
            """;
        var first = service.SendAsync("PutItem", Put);
        var more = Enumerable.Range(0, 9).Select(_ => service.SendAsync("PutItem", Put)).ToArray();
        var all = await Task.WhenAll([first, .. more]);
        await Assert.That(all.Count(answer => answer.Status == 200)).IsEqualTo(1);
        await Assert.That(all.Count(answer => answer.Body.Contains("ConditionalCheckFailed"))).IsEqualTo(9);
    }

    [Test]
    public async Task Updates_at_the_same_time_are_all_counted()
    {
        await using var service = await OpenService.WithTableAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => service.CallAsync("UpdateItem", Key, """
            "UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}}
            """)));
        var got = await service.CallAsync("GetItem", Key);
        await Assert.That((string)got["Item"]!["n"]!["N"]!).IsEqualTo("200");
    }

    [Test]
    [Arguments("NONE", "null")]
    [Arguments("ALL_OLD", Old)]
    [Arguments("UPDATED_OLD", """{"v": {"N": "5"}, "m": {"M": {"x": {"N": "1"}}}}""")]
    [Arguments(
        "ALL_NEW",
        """
        {"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "6"}, "m": {"M": {"x": {"N": "2"}}}, "added": {"S": "n"}}
        """)]
    [Arguments("UPDATED_NEW", """{"v": {"N": "6"}, "m": {"M": {"x": {"N": "2"}}}, "added": {"S": "n"}}""")]
    public async Task An_update_answers_with_the_attributes_asked_for(string wanted, string expected)
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync(Old);
        var updated = await service.CallAsync("UpdateItem", Key, $""" "ReturnValues": "{wanted}" """, """
            "UpdateExpression": "SET v = v + :one, m.x = :two, added = :n",
            "ExpressionAttributeValues": {":one": {"N": "1"}, ":two": {"N": "2"}, ":n": {"S": "n"}}
            """);
        await SameJson.IsAsync(updated["Attributes"], expected);
    }

    [Test]
    public async Task An_update_of_what_was_not_there_has_no_old_attributes()
    {
        await using var service = await OpenService.WithTableAsync();
        var updated = await service.CallAsync("UpdateItem", Key, """
            "ReturnValues": "ALL_OLD", "UpdateExpression": "SET v = :v", "ExpressionAttributeValues": {":v": {"N": "1"}}
            """);
        await SameJson.IsAsync(updated, "{}");
    }

    [Test]
    public async Task A_put_and_a_delete_answer_with_the_old_item()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync(Old);
        var put = await service.CallAsync("PutItem", """
            {"TableName": "tab", "ReturnValues": "ALL_OLD", "Item": {"h": {"S": "a"}, "r": {"N": "1"}}}
            """);
        var deleted = await service.CallAsync("DeleteItem", Key, """ "ReturnValues": "ALL_OLD" """);
        await SameJson.IsAsync(put["Attributes"], Old);
        await SameJson.IsAsync(deleted["Attributes"], """{"h": {"S": "a"}, "r": {"N": "1"}}""");
    }

    [Test]
    [Arguments("PutItem", """ "TableName": "tab", "Item": {"h": {"S": "a"}, "r": {"N": "1"}} """)]
    [Arguments("DeleteItem", Key)]
    public async Task Writes_of_whole_items_answer_with_no_new_attributes(string operation, string request)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync(operation, request, """ "ReturnValues": "ALL_NEW" """))
            .IsEqualTo("ValidationException: ReturnValues can only be ALL_OLD or NONE");
    }

    [Test]
    [Arguments(
        """ "ConditionExpression": "v = :v" """,
        "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute "
        + "value: :v")]
    [Arguments(
        """ "ConditionExpression": "size = :v", "ExpressionAttributeValues": {":v": {"N": "1"}} """,
        "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: size")]
    [Arguments(
        """ "ConditionExpression": "attribute_exists(v)", "ExpressionAttributeValues": {":v": {"N": "1"}} """,
        "1 validation error detected: Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}")]
    [Arguments(
        """ "ConditionExpression": "attribute_exists(v)", "Expected": {"v": {"Exists": false}} """,
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
        + "{Expected} Expression parameters: {ConditionExpression}")]
    public async Task A_condition_that_cannot_be_is_refused(string condition, string message)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("DeleteItem", Key, condition))
            .IsEqualTo("ValidationException: " + message);
    }
}

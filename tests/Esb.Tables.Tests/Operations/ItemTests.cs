using System.Text.Json.Nodes;

namespace Esb.Tables.Tests.Operations;

/// <summary>Items one by one: put, get, update, delete.</summary>
public sealed class ItemTests
{
    private const string Table = """ "TableName": "tab" """;

    private const string Everything = """
        {"h": {"S": "a"}, "r": {"N": "1"}, "s": {"S": "naïve ☃"}, "n": {"N": "-1.5"}, "b": {"B": "AAEC"},
         "ss": {"SS": ["x", "y"]}, "ns": {"NS": ["1", "2"]}, "bs": {"BS": ["AA=="]}, "yes": {"BOOL": true},
         "nul": {"NULL": true}, "l": {"L": [{"N": "1"}, {"S": ""}]}, "m": {"M": {"k": {"L": []}}}}
        """;

    [Test]
    public async Task An_item_comes_back_with_every_type_as_it_was_put()
    {
        await using var service = await OpenService.WithTableAsync();
        var put = await service.PutAsync(Everything);
        var got = await service.CallAsync("GetItem", Table, """ "Key": {"h": {"S": "a"}, "r": {"N": "1"}} """);
        await SameJson.IsAsync(put, "{}");
        await SameJson.IsAsync(got["Item"], Everything);
    }

    [Test]
    public async Task An_item_is_there_after_a_restart()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync(Everything);
        await service.RestartAsync();
        var got = await service.CallAsync("GetItem", Table, """ "Key": {"h": {"S": "a"}, "r": {"N": "1"}} """);
        await SameJson.IsAsync(got["Item"], Everything);
    }

    [Test]
    public async Task A_missing_item_is_an_answer_without_Item()
    {
        await using var service = await OpenService.WithTableAsync();
        var got = await service.CallAsync("GetItem", Table, """ "Key": {"h": {"S": "a"}, "r": {"N": "1"}} """);
        await SameJson.IsAsync(got, "{}");
    }

    [Test]
    public async Task A_number_has_one_form_and_is_the_same_key_in_each()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "01.50e1"}, "v": {"N": "1.20E-2"}}""");
        var got = await service.CallAsync("GetItem", Table, """ "Key": {"h": {"S": "a"}, "r": {"N": "15.0"}} """);
        await SameJson.IsAsync(got["Item"], """{"h": {"S": "a"}, "r": {"N": "15"}, "v": {"N": "0.012"}}""");
    }

    [Test]
    [Arguments("v, l[1].k, #r", """{"v": {"S": "x"}, "l": {"L": [{"M": {"k": {"N": "2"}}}]}, "r": {"N": "1"}}""")]
    [Arguments("l[0], #r", """{"l": {"L": [{"N": "9"}]}, "r": {"N": "1"}}""")]
    [Arguments("gone, #r", """{"r": {"N": "1"}}""")]
    public async Task A_projection_picks_attributes_and_parts_of_them(string projection, string expected)
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""
            {"h": {"S": "a"}, "r": {"N": "1"}, "v": {"S": "x"},
             "l": {"L": [{"N": "9"}, {"M": {"k": {"N": "2"}, "o": {"N": "3"}}}]}}
            """);
        var got = await service.CallAsync(
            "GetItem",
            """ "TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}} """,
            $""" "ProjectionExpression": "{projection}" """,
            """ "ExpressionAttributeNames": {"#r": "r"} """);
        await SameJson.IsAsync(got["Item"], expected);
    }

    [Test]
    public async Task An_update_makes_an_item_that_is_not_there()
    {
        await using var service = await OpenService.WithTableAsync();
        var made = await service.CallAsync("UpdateItem", """
            {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "ReturnValues": "ALL_NEW",
             "UpdateExpression": "SET v = if_not_exists(v, :zero) + :one ADD s :s",
             "ExpressionAttributeValues": {":zero": {"N": "0"}, ":one": {"N": "1"}, ":s": {"SS": ["x"]}}}
            """);
        await SameJson.IsAsync(
            made["Attributes"], """{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "1"}, "s": {"SS": ["x"]}}""");
    }

    [Test]
    public async Task An_update_without_expression_makes_an_item_of_its_key()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.CallAsync("UpdateItem", """{"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}}""");
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await SameJson.IsAsync(scan["Items"], """[{"h": {"S": "a"}, "r": {"N": "1"}}]""");
    }

    [Test]
    public async Task The_parameters_of_the_earlier_API_update_as_expressions_do()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""
            {"h": {"S": "a"}, "r": {"N": "1"}, "n": {"N": "5"}, "s": {"SS": ["x", "y"]}, "old": {"S": "o"}}
            """);
        var updated = await service.CallAsync("UpdateItem", """
            {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "ReturnValues": "ALL_NEW",
             "Expected": {"n": {"ComparisonOperator": "GE", "AttributeValueList": [{"N": "5"}]}},
             "AttributeUpdates": {"n": {"Action": "ADD", "Value": {"N": "2"}},
               "s": {"Action": "DELETE", "Value": {"SS": ["x"]}}, "old": {"Action": "DELETE"},
               "new": {"Value": {"BOOL": false}}}}
            """);
        await SameJson.IsAsync(updated["Attributes"], """
            {"h": {"S": "a"}, "r": {"N": "1"}, "n": {"N": "7"}, "s": {"SS": ["y"]}, "new": {"BOOL": false}}
            """);
    }

    [Test]
    public async Task A_delete_removes_one_item_and_may_be_repeated()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "2"}}""");
        for (var i = 0; i < 2; i++)
            await service.CallAsync("DeleteItem", Table, """ "Key": {"h": {"S": "a"}, "r": {"N": "1"}} """);
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await Assert.That(OpenService.Join(scan["Items"])).IsEqualTo("2");
    }

    [Test]
    public async Task A_table_is_also_called_by_its_ARN()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync(
            """{"h": {"S": "a"}, "r": {"N": "1"}}""", "arn:aws:dynamodb:eu-west-1:123456789012:table/tab");
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await Assert.That((int)scan["Count"]!).IsEqualTo(1);
    }

    [Test]
    [Arguments("GetItem", """ "Key": {"h": {"S": "a"}} """, "The provided key element does not match the schema")]
    [Arguments(
        "GetItem",
        """ "Key": {"h": {"S": "a"}, "r": {"S": "1"}} """,
        "The provided key element does not match the schema")]
    [Arguments(
        "DeleteItem",
        """ "Key": {"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "1"}} """,
        "The provided key element does not match the schema")]
    [Arguments(
        "GetItem",
        """ "Key": {"h": {"S": ""}, "r": {"N": "1"}} """,
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
        + "string value. Key: h")]
    [Arguments(
        "PutItem",
        """ "Item": {"h": {"S": "a"}} """,
        "One or more parameter values were invalid: Missing the key r in the item")]
    [Arguments(
        "PutItem",
        """ "Item": {"h": {"N": "1"}, "r": {"N": "1"}} """,
        "One or more parameter values were invalid: Type mismatch for key h expected: S actual: N")]
    [Arguments(
        "UpdateItem",
        """ "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "UpdateExpression": "REMOVE r" """,
        "One or more parameter values were invalid: Cannot update attribute r. This attribute is part of the key")]
    public async Task A_key_that_does_not_fit_the_table_is_refused(string operation, string request, string message)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync(operation, Table, request))
            .IsEqualTo("ValidationException: " + message);
    }

    [Test]
    public async Task An_item_may_have_400_KB_and_no_byte_more()
    {
        await using var service = await OpenService.WithTableAsync();
        // h, a, r, two bytes for the number 1, v and the text.
        var most = (400 * 1024) - 6;
        await service.PutAsync(Sized(most));
        await Assert.That(await service.ErrorAsync("PutItem", Table, $""" "Item": {Sized(most + 1)} """))
            .IsEqualTo("ValidationException: Item size has exceeded the maximum allowed size");
        await Assert.That(await service.ErrorAsync("UpdateItem", """
                {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "UpdateExpression": "SET w = :w",
                 "ExpressionAttributeValues": {":w": {"S": ""}}}
                """))
            .IsEqualTo("ValidationException: Item size to update has exceeded the maximum allowed size");
    }

    [Test]
    public async Task Capacity_is_counted_by_size_and_consistency()
    {
        await using var service = await OpenService.WithTableAsync();
        var put = await service.CallAsync(
            "PutItem", Table, """ "ReturnConsumedCapacity": "TOTAL" """, $""" "Item": {Sized(5000)} """);
        var weak = await service.CallAsync("GetItem", """
            {"TableName": "tab", "ReturnConsumedCapacity": "TOTAL", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}}
            """);
        var strong = await service.CallAsync("GetItem", """
            {"TableName": "tab", "ReturnConsumedCapacity": "INDEXES", "ConsistentRead": true,
             "Key": {"h": {"S": "a"}, "r": {"N": "1"}}}
            """);
        await SameJson.IsAsync(put["ConsumedCapacity"], """{"CapacityUnits": 5, "TableName": "tab"}""");
        await SameJson.IsAsync(weak["ConsumedCapacity"], """{"CapacityUnits": 1.0, "TableName": "tab"}""");
        await SameJson.IsAsync(
            strong["ConsumedCapacity"], """{"CapacityUnits": 2, "TableName": "tab", "Table": {"CapacityUnits": 2}}""");
    }

    private static string Sized(int length) => JsonNode.Parse($$"""
        {"h": {"S": "a"}, "r": {"N": "1"}, "v": {"S": "{{new string('x', length)}}"} }
        """)!.ToJsonString();
}

using CsCheck;

namespace Esb.Tables.Tests.Operations;

/// <summary>Transactions: all or nothing, with a reason for each action.</summary>
public sealed class TransactionTests
{
    private const string PutOne = """{"Put": {"TableName": "tab", "Item": {"h": {"S": "a"}, "r": {"N": "1"}}}}""";

    [Test]
    public async Task A_transaction_does_all_four_kinds()
    {
        await using var service = await OpenService.WithTableAsync();
        for (var i = 2; i < 5; i++)
            await service.PutAsync($$$"""{"h": {"S": "a"}, "r": {"N": "{{{i}}}"} }""");
        var answer = await service.CallAsync("TransactWriteItems", $$$"""
            "ReturnConsumedCapacity": "TOTAL", "TransactItems": [{{{PutOne}}},
              {"Update": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "2"}},
                "UpdateExpression": "SET v = :v", "ExpressionAttributeValues": {":v": {"N": "7"} } } },
              {"Delete": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "3"} } } },
              {"ConditionCheck": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "4"}},
                "ConditionExpression": "attribute_exists(h)"}}]
            """);
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await Assert.That(OpenService.Join(scan["Items"])).IsEqualTo("1,2,4");
        await Assert.That(OpenService.Join(scan["Items"], "v")).IsEqualTo(",7,");
        await SameJson.IsAsync(answer, """
            {"ConsumedCapacity": [{"TableName": "tab", "CapacityUnits": 8, "WriteCapacityUnits": 8}]}
            """);
    }

    [Test]
    public async Task A_transaction_that_fails_says_why_for_each_action_and_writes_nothing()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "2"}, "v": {"N": "5"}}""");
        var error = await service.FailAsync("TransactWriteItems", $$$"""
            "TransactItems": [{{{PutOne}}},
              {"Delete": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "2"}},
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                "ConditionExpression": "v = :v", "ExpressionAttributeValues": {":v": {"N": "6"} } } },
              {"Update": {"TableName": "tab", "Key": {"h": {"S": "a"}}, "UpdateExpression": "SET v = h"}}]
            """);
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await SameJson.IsAsync(error, """
            {"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
             "message": "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]",
             "CancellationReasons": [{"Code": "None"},
               {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed",
                "Item": {"h": {"S": "a"}, "r": {"N": "2"}, "v": {"N": "5"}}},
               {"Code": "ValidationError", "Message": "The provided key element does not match the schema"}]}
            """);
        await Assert.That(OpenService.Join(scan["Items"])).IsEqualTo("2");
    }

    [Test]
    public Task A_transaction_is_all_or_nothing() =>
        Gen.Select(Gen.Int[0, 7].Array[0, 8], Gen.Int[0, 7].HashSet[1, 8]).SampleAsync(
            async (before, wanted) =>
            {
                await using var service = await OpenService.WithTableAsync();
                foreach (var i in before.Distinct())
                    await service.PutAsync($$$"""{"h": {"S": "a"}, "r": {"N": "{{{i}}}"}, "v": {"N": "0"} }""");
                var puts = string.Join(", ", wanted.Select(i => $$$"""
                    {"Put": {"TableName": "tab", "Item": {"h": {"S": "a"}, "r": {"N": "{{{i}}}"} },
                      "ConditionExpression": "attribute_not_exists(h)"} }
                    """));
                var (status, _) = await service.SendAsync("TransactWriteItems", $""" "TransactItems": [{puts}] """);
                var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
                var mayBe = !wanted.Overlaps(before);
                var expected = mayBe ? before.Union(wanted) : before.Distinct();
                if ((status == 200) != mayBe || OpenService.Join(scan["Items"]) != string.Join(',', expected.Order()))
                    throw new InvalidOperationException($"{status}: {scan.ToJsonString()}");
            },
            iter: 60,
            threads: 2);

    [Test]
    public async Task A_token_that_comes_again_changes_nothing_for_ten_minutes()
    {
        await using var service = await OpenService.WithTableAsync();
        const string Request = """
            {"ClientRequestToken": "once", "TransactItems": [{"Update": {"TableName": "tab",
              "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "UpdateExpression": "ADD v :one",
              "ExpressionAttributeValues": {":one": {"N": "1"}}}}]}
            """;
        await service.CallAsync("TransactWriteItems", Request);
        await service.RestartAsync();
        service.Tables.Time.Advance(TimeSpan.FromMinutes(9));
        await service.CallAsync("TransactWriteItems", Request);
        var once = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        var error = await service.ErrorAsync(
            "TransactWriteItems", """ "ClientRequestToken": "once" """, $""" "TransactItems": [{PutOne}] """);
        service.Tables.Time.Advance(TimeSpan.FromMinutes(2));
        await service.CallAsync("TransactWriteItems", Request);
        var twice = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await Assert.That(OpenService.Join(once["Items"], "v")).IsEqualTo("1");
        await Assert.That(error).StartsWith("IdempotentParameterMismatchException: ");
        await Assert.That(OpenService.Join(twice["Items"], "v")).IsEqualTo("2");
    }

    [Test]
    public async Task A_transaction_that_failed_may_be_sent_again_with_its_token()
    {
        await using var service = await OpenService.WithTableAsync();
        string[] request =
        [
            """ "ClientRequestToken": "once" """,
            """
            "TransactItems": [{"Delete": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}},
              "ConditionExpression": "attribute_exists(h)"}}]
            """,
        ];
        var error = await service.ErrorAsync("TransactWriteItems", request);
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        await service.CallAsync("TransactWriteItems", request);
        await Assert.That(error).StartsWith("TransactionCanceledException: ");
    }

    [Test]
    public async Task A_transaction_of_reads_answers_in_the_order_of_the_request()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"S": "x"}}""");
        var answer = await service.CallAsync("TransactGetItems", """
            {"ReturnConsumedCapacity": "TOTAL", "TransactItems": [
              {"Get": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "2"}}}},
              {"Get": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "ProjectionExpression": "v"}}]}
            """);
        await SameJson.IsAsync(answer, """
            {"Responses": [{}, {"Item": {"v": {"S": "x"}}}],
             "ConsumedCapacity": [{"TableName": "tab", "CapacityUnits": 4, "ReadCapacityUnits": 4}]}
            """);
    }

    [Test]
    [Arguments(
        PutOne + ", " + PutOne,
        "ValidationException: Transaction request cannot include multiple operations on one item")]
    [Arguments(
        """{"Put": {"TableName": "none", "Item": {"h": {"S": "a"}, "r": {"N": "1"}}}}""",
        "ResourceNotFoundException: Requested resource not found")]
    [Arguments("{}", "ValidationException: TransactItems can only contain one of Check, Put, Update or Delete")]
    [Arguments(
        """{"ConditionCheck": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}}}""",
        "ValidationException: 1 validation error detected: Value null at "
        + "'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy constraint: Member must not "
        + "be null")]
    public async Task A_transaction_that_cannot_be_is_refused(string items, string error)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("TransactWriteItems", $$"""{"TransactItems": [{{items}}]}"""))
            .IsEqualTo(error);
    }

    [Test]
    public async Task A_transaction_reads_an_item_once()
    {
        await using var service = await OpenService.WithTableAsync();
        const string Get = """{"Get": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1.0"}}}}""";
        await Assert.That(await service.ErrorAsync(
            "TransactGetItems", $""" "TransactItems": [{Get}, {Get.Replace("1.0", "1", StringComparison.Ordinal)}] """))
            .IsEqualTo("ValidationException: Transaction request cannot include multiple operations on one item");
    }

    [Test]
    [Arguments(10, true)]
    [Arguments(11, false)]
    public async Task A_transaction_writes_and_reads_at_most_four_megabytes(int items, bool fits)
    {
        await using var service = await OpenService.WithTableAsync();
        var value = new string('x', 390 * 1024);
        string[] puts = [.. Enumerable.Range(0, items).Select(i => $$$"""
            {"Put": {"TableName": "tab", "Item": {"h": {"S": "a"}, "r": {"N": "{{{i}}}"}, "v": {"S": "{{{value}}}"} } } }
            """)];
        string[] gets = [.. Enumerable.Range(0, items).Select(i => $$$"""
            {"Get": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "{{{i}}}"} } } }
            """)];
        var write = await AnswerAsync(service, "TransactWriteItems", puts);
        foreach (var put in fits ? [] : puts)
            await service.CallAsync("TransactWriteItems", $""" "TransactItems": [{put}] """);
        var read = await AnswerAsync(service, "TransactGetItems", gets);
        string[] expected = fits ? ["200", "200"] : [TooLarge, TooLarge];
        await Assert.That(new[] { write, read }).IsEquivalentTo(expected);
    }

    [Test]
    public async Task The_values_of_an_update_count_as_well()
    {
        await using var service = await OpenService.WithTableAsync();
        var value = new string('x', 390 * 1024);
        string[] updates = [.. Enumerable.Range(0, 11).Select(i => $$$"""
            {"Update": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "{{{i}}}"} },
              "UpdateExpression": "SET v = :v", "ExpressionAttributeValues": {":v": {"S": "{{{value}}}"} } } }
            """)];
        string[] statements = [.. Enumerable.Range(0, 11).Select(i => $$$"""
            {"Statement": "INSERT INTO tab VALUE {'h': 'a', 'r': {{{i}}}, 'v': ?}", "Parameters": [{"S": "{{{value}}}"}] }
            """)];
        await Assert.That(await AnswerAsync(service, "TransactWriteItems", updates)).IsEqualTo(TooLarge);
        await Assert.That(await service.ErrorAsync(
            "ExecuteTransaction",
            $""" "TransactStatements": [{string.Join(", ", statements)}] """)).IsEqualTo(TooLarge);
    }

    private const string TooLarge =
        "ValidationException: The aggregate size of the items in the transaction cannot exceed 4 MB";

    private static async Task<string> AnswerAsync(OpenService service, string operation, string[] actions)
    {
        var request = $""" "TransactItems": [{string.Join(", ", actions)}] """;
        var (status, _) = await service.SendAsync(operation, request);
        return status == 200 ? "200" : await service.ErrorAsync(operation, request);
    }
}

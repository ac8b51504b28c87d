using Esb.Tables.Tests.Storage;

namespace Esb.Tables.Tests.Operations;

/// <summary>Tables: made, described, listed, changed, deleted.</summary>
public sealed class TableOperationTests
{
    private const string Table = """ "TableName": "tab" """;

    [Test]
    public async Task A_table_is_described_as_it_was_made()
    {
        await using var service = OpenService.Empty();
        var created = await service.CreateAsync("tab");
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"S": "xyz"}}""");
        var described = (await service.CallAsync("DescribeTable", Table))["Table"]!;
        await Assert.That((string)created["TableDescription"]!["TableStatus"]!).IsEqualTo("CREATING");
        var id = (string)described["TableId"]!;
        await SameJson.IsAsync(described, $$$"""
            {"TableName": "tab", "TableStatus": "ACTIVE", "CreationDateTime": 1796040000, "TableId": "{{{id}}}",
             "TableArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/tab", "TableSizeBytes": 9, "ItemCount": 1,
             "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}],
             "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"},
               {"AttributeName": "r", "AttributeType": "N"}],
             "ProvisionedThroughput": {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0, "NumberOfDecreasesToday": 0},
             "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST",
               "LastUpdateToPayPerRequestDateTime": 1796040000},
             "TableThroughputModeSummary": {"TableThroughputMode": "PAY_PER_REQUEST",
               "LastUpdateToPayPerRequestDateTime": 1796040000},
             "DeletionProtectionEnabled": false}
            """);
    }

    [Test]
    public async Task A_table_is_made_once_and_may_be_made_anew_after_its_deletion()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        var again = await Assert.That(async () => { await service.CreateAsync("tab"); })
            .Throws<InvalidOperationException>();
        var deleted = await service.CallAsync("DeleteTable", Table);
        var gone = await service.ErrorAsync("DescribeTable", Table);
        var none = await service.ErrorAsync("Scan", Table);
        await service.CreateAsync("tab");
        var scan = await service.CallAsync("Scan", Table);
        await Assert.That(again!.Message).Contains("ResourceInUseException").And.Contains("Table already exists: tab");
        await Assert.That((string)deleted["TableDescription"]!["TableStatus"]!).IsEqualTo("DELETING");
        await Assert.That(gone)
            .IsEqualTo("ResourceNotFoundException: Requested resource not found: Table: tab not found");
        await Assert.That(none).IsEqualTo("ResourceNotFoundException: Requested resource not found");
        await Assert.That((int)scan["Count"]!).IsEqualTo(0);
    }

    [Test]
    public async Task Tables_are_listed_page_by_page_in_the_order_of_their_names()
    {
        await using var service = OpenService.Empty();
        foreach (var name in new[] { "ccc", "aaa", "bbb" })
            await service.CreateAsync(name);
        var first = await service.CallAsync("ListTables", """{"Limit": 2}""");
        var second = await service.CallAsync("ListTables", """{"Limit": 2, "ExclusiveStartTableName": "bbb"}""");
        await SameJson.IsAsync(first, """{"TableNames": ["aaa", "bbb"], "LastEvaluatedTableName": "bbb"}""");
        await SameJson.IsAsync(second, """{"TableNames": ["ccc"]}""");
    }

    [Test]
    public async Task A_protected_table_is_not_deleted()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.CallAsync("UpdateTable", Table, """ "DeletionProtectionEnabled": true """);
        var error = await service.ErrorAsync("DeleteTable", Table);
        await service.CallAsync("UpdateTable", Table, """ "DeletionProtectionEnabled": false """);
        await service.CallAsync("DeleteTable", Table);
        await Assert.That(error).StartsWith("ValidationException: ").And.Contains("protected against deletion");
    }

    [Test]
    public async Task Throughput_is_remembered_and_an_update_that_changes_nothing_is_refused()
    {
        await using var service = await OpenService.WithTableAsync();
        const string Units = """
            "BillingMode": "PROVISIONED", "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4}
            """;
        await service.CallAsync("UpdateTable", Table, Units);
        var described = await service.CallAsync("DescribeTable", Table);
        await SameJson.IsAsync(described["Table"]!["ProvisionedThroughput"]!["WriteCapacityUnits"], "4");
        await Assert.That(await service.ErrorAsync("UpdateTable", Table, Units)).StartsWith(
            "ValidationException: The provisioned throughput for the table will not change. The requested value equals "
            + "the current value. Current ReadCapacityUnits provisioned for the table: 3. Requested "
            + "ReadCapacityUnits: 3.");
    }

    [Test]
    [Arguments(
        """ "KeySchema": [], "AttributeDefinitions": [], "BillingMode": "PAY_PER_REQUEST" """,
        "1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member must have length "
        + "greater than or equal to 1")]
    [Arguments(
        """ "KeySchema": [null], "AttributeDefinitions": [], "BillingMode": "PAY_PER_REQUEST" """,
        "1 validation error detected: Value '[null]' at 'keySchema' failed to satisfy constraint: Member must have "
        + "length greater than or equal to 1")]
    [Arguments(
        """
        "KeySchema": [{"AttributeName": "h", "KeyType": "RANGE"}], "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"}]
        """,
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")]
    [Arguments(
        """
        "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"}]
        """,
        "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified "
        + "when BillingMode is PROVISIONED")]
    [Arguments(
        """
        "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"},
          {"AttributeName": "x", "AttributeType": "S"}]
        """,
        "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of "
        + "attributes defined in AttributeDefinitions")]
    [Arguments(
        """
        "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "BOOL"}]
        """,
        "1 validation error detected: Value 'BOOL' at 'attributeDefinitions.1.member.attributeType' failed to satisfy "
        + "constraint: Member must satisfy enum value set: [B, N, S]")]
    public async Task A_table_that_cannot_be_is_not_made(string request, string message)
    {
        await using var service = OpenService.Empty();
        await Assert.That(await service.ErrorAsync("CreateTable", Table, request))
            .IsEqualTo("ValidationException: " + message);
        await SameJson.IsAsync(await service.CallAsync("ListTables", "{}"), """{"TableNames": []}""");
    }

    [Test]
    public async Task An_account_has_2500_tables_at_most()
    {
        await using var service = OpenService.Empty();
        await service.Tables.WriteAsync(session =>
        {
            for (var i = 0; i < 2500; i++)
                session.CreateTable(Samples.Table($"t{i:D4}"), null);
        });
        var error = await Assert.That(async () => await service.CreateAsync("more"))
            .Throws<InvalidOperationException>();
        await service.CallAsync("DeleteTable", """ "TableName": "t0000" """);
        await service.CreateAsync("more");
        await Assert.That(error!.Message).Contains(
            "LimitExceededException", StringComparison.Ordinal).And.Contains("limit of 2500 tables");
    }
}

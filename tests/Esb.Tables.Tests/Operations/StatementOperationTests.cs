using System.Text.Json.Nodes;

namespace Esb.Tables.Tests.Operations;

/// <summary>Statements of PartiQL, one by one, in batches and in transactions.</summary>
public sealed class StatementOperationTests
{
    [Test]
    public async Task Statements_insert_select_update_and_delete()
    {
        await using var service = await OpenService.WithTableAsync();
        await RunAsync("INSERT INTO tab VALUE {'h': 'a', 'r': 1, 'v': ?}", """[{"S": "x"}]""");
        var selected = await RunAsync("SELECT v FROM tab WHERE h = 'a' AND r = 1");
        var updated = await RunAsync(
            "UPDATE tab SET v = 'y' SET w = [1, <<'s'>>] WHERE h = 'a' AND r = 1 RETURNING ALL NEW *");
        var deleted = await RunAsync("DELETE FROM tab WHERE h = 'a' AND r = 1 RETURNING ALL OLD *");
        var left = await RunAsync("SELECT * FROM tab");
        const string Changed = """
            [{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"S": "y"}, "w": {"L": [{"N": "1"}, {"SS": ["s"]}]}}]
            """;
        await SameJson.IsAsync(selected["Items"], """[{"v": {"S": "x"}}]""");
        await SameJson.IsAsync(updated["Items"], Changed);
        await SameJson.IsAsync(deleted["Items"], Changed);
        await SameJson.IsAsync(left, """{"Items": []}""");

        Task<JsonNode> RunAsync(string statement, string parameters = "null") => service.CallAsync(
            "ExecuteStatement", $""" "Statement": "{statement}" """, $""" "Parameters": {parameters} """);
    }

    [Test]
    public async Task The_pages_of_a_statement_are_its_whole_result()
    {
        await using var service = await OpenService.WithTableAsync();
        for (var i = 0; i < 7; i++)
            await service.PutAsync($$$"""{"h": {"S": "{{{(i < 4 ? "a" : "b")}}}"}, "r": {"N": "{{{i}}}"} }""");
        var found = new List<string>();
        string[] token = [];
        do
        {
            var page = await service.CallAsync(
                "ExecuteStatement",
                [""" "Statement": "SELECT * FROM tab WHERE h IN ['a', 'b']", "Limit": 2 """, .. token]);
            found.Add(OpenService.Join(page["Items"]));
            token = page["NextToken"] is { } next ? [$""" "NextToken": "{next}" """] : [];
        }
        while (token.Length > 0);

        await Assert.That(string.Join(',', found.Where(text => text.Length > 0))).IsEqualTo("0,1,2,3,4,5,6");
    }

    [Test]
    [Arguments("e30")]
    [Arguments("not a token")]
    [Arguments("bnVsbA")]
    public async Task A_token_that_nobody_gave_out_is_refused(string token)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync(
                "ExecuteStatement", """ "Statement": "SELECT * FROM tab" """, $""" "NextToken": "{token}" """))
            .IsEqualTo("ValidationException: Invalid NextToken");
    }

    [Test]
    public async Task A_batch_of_statements_answers_each_by_itself()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        var answer = await service.CallAsync("BatchExecuteStatement", """
            {"Statements": [{"Statement": "INSERT INTO tab VALUE {'h': 'a', 'r': 1}"},
              {"Statement": "INSERT INTO tab VALUE {'h': 'a', 'r': 2}"}]}
            """);
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await SameJson.IsAsync(answer["Responses"], """
            [{"Error": {"Code": "DuplicateItem", "Message": "Duplicate primary key exists in table"}, "TableName": "tab"},
             {"TableName": "tab"}]
            """);
        await Assert.That(OpenService.Join(scan["Items"])).IsEqualTo("1,2");
    }

    [Test]
    public async Task A_transaction_of_statements_is_all_or_nothing()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}}""");
        var error = await service.FailAsync("ExecuteTransaction", """
            {"TransactStatements": [{"Statement": "INSERT INTO tab VALUE {'h': 'a', 'r': 2}"},
              {"Statement": "EXISTS(SELECT * FROM tab WHERE h = 'a' AND r = 3 AND v = 1)"}]}
            """);
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await SameJson.IsAsync(error["CancellationReasons"], """
            [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}]
            """);
        await Assert.That(OpenService.Join(scan["Items"])).IsEqualTo("1");
    }

    [Test]
    public async Task A_transaction_of_statements_writes_once_with_its_token()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "1"}}""");
        for (var i = 0; i < 2; i++)
        {
            await service.CallAsync("ExecuteTransaction", """
                {"ClientRequestToken": "once", "TransactStatements": [
                  {"Statement": "UPDATE tab SET v = v + 1 WHERE h = 'a' AND r = 1"}]}
                """);
        }

        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await Assert.That(OpenService.Join(scan["Items"], "v")).IsEqualTo("2");
    }

    [Test]
    [Arguments(
        "UPDATE tab SET v = 1 WHERE h = 'a'",
        "Where clause does not contain a mandatory equality on all key attributes")]
    [Arguments("SELECT * FROM tab WHERE h = ?", "Number of parameters in request and statement don't match.")]
    public async Task A_statement_that_cannot_be_is_refused(string statement, string message)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("ExecuteStatement", $$"""{"Statement": "{{statement}}"}"""))
            .IsEqualTo("ValidationException: " + message);
    }

    [Test]
    public async Task A_statement_on_a_missing_table_or_key_is_refused()
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("ExecuteStatement", """ "Statement": "SELECT * FROM none" """))
            .IsEqualTo("ResourceNotFoundException: Requested resource not found");
        await Assert.That(await service.ErrorAsync(
                "ExecuteStatement", """ "Statement": "UPDATE tab SET v = 1 WHERE h = 'a' AND r = 1" """))
            .IsEqualTo("ConditionalCheckFailedException: The conditional request failed");
    }

    [Test]
    [Arguments("h = 'a' AND r = 1 AND v = 1")]
    [Arguments("h = 'a'")]
    [Arguments("h = 'a' AND r > 0")]
    [Arguments("h = 'a' AND r = 1 AND h = 'b'")]
    [Arguments("h IN ['a', 'b'] AND r = 1")]
    public async Task A_batch_and_a_transaction_read_by_a_whole_key_and_nothing_else(string where)
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "1"}}""");
        var statement = $$"""{"Statement": "SELECT * FROM tab WHERE {{where}}"}""";
        var batch = await service.CallAsync("BatchExecuteStatement", $""" "Statements": [{statement}] """);
        var error = await service.ErrorAsync("ExecuteTransaction", $""" "TransactStatements": [{statement}] """);
        await Assert.That((string?)batch["Responses"]![0]!["Error"]?["Message"]).IsEqualTo(
            "Select statements within BatchExecuteStatement must specify the primary key in the where clause.");
        await Assert.That(error).IsEqualTo(
            "ValidationException: Validation failed in TransactStatements[0]: "
            + "Select statements within ExecuteTransaction must specify the primary key in the where clause.");
    }

    [Test]
    [Arguments("r = 1 AND h = 'a'")]
    [Arguments("(r = 1) AND h = 'a' AND h = 'a'")]
    [Arguments("h IN ['a'] AND r = 1")]
    public async Task A_whole_key_can_be_written_in_several_ways(string where)
    {
        await using var service = await OpenService.WithTableAsync();
        await service.PutAsync("""{"h": {"S": "a"}, "r": {"N": "1"}, "v": {"N": "5"}}""");
        var statement = $$"""{"Statement": "SELECT v FROM tab WHERE {{where}}"}""";
        var batch = await service.CallAsync("BatchExecuteStatement", $""" "Statements": [{statement}] """);
        var transaction = await service.CallAsync(
            "ExecuteTransaction",
            $""" "TransactStatements": [{statement}] """,
            """ "ReturnConsumedCapacity": "TOTAL" """);
        await SameJson.IsAsync(batch, """{"Responses": [{"TableName": "tab", "Item": {"v": {"N": "5"}}}]}""");
        await SameJson.IsAsync(transaction, """
            {"Responses": [{"Item": {"v": {"N": "5"}}}],
             "ConsumedCapacity": [{"TableName": "tab", "CapacityUnits": 2}]}
            """);
    }

    [Test]
    [Arguments("h IN ['a', 'a'] AND r = 1")]
    [Arguments("h = 'a' AND r = 1 OR h = 'a' AND r = 1")]
    public async Task Parts_of_a_condition_in_a_transaction_do_not_overlap(string where)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("ExecuteTransaction", $$"""
            {"TransactStatements": [{"Statement": "SELECT * FROM tab WHERE {{where}}"}]}
            """)).IsEqualTo("ValidationException: Validation failed in TransactStatements[0]: "
                + "Overlapping conditions with range keys are not supported in where clause");
    }

    [Test]
    [Arguments("SELECT * FROM tab WHERE h = 'a' AND r = 1", "SELECT v FROM tab WHERE r = 1 AND h = 'a'")]
    [Arguments("INSERT INTO tab VALUE {'h': 'a', 'r': 1}", "UPDATE tab SET v = 1 WHERE h = 'a' AND r = 1")]
    [Arguments(
        "DELETE FROM tab WHERE h = 'a' AND r = 1", "EXISTS(SELECT * FROM tab WHERE h = 'a' AND r = 1 AND v = 2)")]
    public async Task Two_statements_of_a_transaction_concern_two_items(string first, string second)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("ExecuteTransaction", $$"""
            {"TransactStatements": [{"Statement": "{{first}}"}, {"Statement": "{{second}}"}]}
            """)).IsEqualTo(
                "ValidationException: Transaction request cannot include multiple operations on one item");
        var scan = await service.CallAsync("Scan", """{"TableName": "tab"}""");
        await SameJson.IsAsync(scan["Count"], "0");
    }

    [Test]
    public async Task A_key_of_the_wrong_type_cancels_a_transaction_of_reads()
    {
        await using var service = await OpenService.WithTableAsync();
        const string Same = """{"Statement": "SELECT * FROM tab WHERE h = 'a' AND r = 1"}""";
        var error = await service.FailAsync("ExecuteTransaction", $$"""
            {"TransactStatements": [{{Same}}, {{Same}}, {"Statement": "SELECT * FROM tab WHERE h = 1 AND r = 1"}]}
            """);
        await SameJson.IsAsync(error["CancellationReasons"], """
            [{"Code": "None"}, {"Code": "None"},
             {"Code": "ValidationError", "Message": "The provided key element does not match the schema"}]
            """);
    }

    [Test]
    public async Task A_token_belongs_to_its_statement_and_parameters()
    {
        await using var service = await OpenService.WithTableAsync();
        for (var i = 0; i < 3; i++)
            await service.PutAsync($$$"""{"h": {"S": "a"}, "r": {"N": "{{{i}}}"} }""");
        const string Statement = """ "Statement": "SELECT * FROM tab WHERE h = ?" """;
        const string Parameters = """ "Parameters": [{"S": "a"}] """;
        var page = await service.CallAsync("ExecuteStatement", Statement, Parameters, """ "Limit": 1 """);
        var token = $""" "NextToken": "{page["NextToken"]}" """;
        var next = await service.CallAsync("ExecuteStatement", Statement, Parameters, """ "Limit": 2 """, token);
        const string Mismatch = "ValidationException: NextToken does not match request";
        await Assert.That(OpenService.Join(next["Items"])).IsEqualTo("1,2");
        await Assert.That(await service.ErrorAsync(
            "ExecuteStatement", """ "Statement": "SELECT * FROM tab" """, token)).IsEqualTo(Mismatch);
        await Assert.That(await service.ErrorAsync(
            "ExecuteStatement", Statement, """ "Parameters": [{"S": "b"}] """, token)).IsEqualTo(Mismatch);
    }

    [Test]
    public async Task All_partitions_of_a_statement_share_one_page_of_a_megabyte()
    {
        await using var service = await OpenService.WithTableAsync();
        var value = new string('x', 300 * 1024);
        for (var i = 0; i < 6; i++)
        {
            await service.PutAsync($$$"""
                {"h": {"S": "{{{i / 2}}}"}, "r": {"N": "{{{i}}}"}, "v": {"S": "{{{value}}}"} }
                """);
        }

        const string Statement = """ "Statement": "SELECT r FROM tab WHERE h IN ['0', '1', '2']" """;
        var first = await service.CallAsync("ExecuteStatement", Statement);
        var second = await service.CallAsync(
            "ExecuteStatement", Statement, $""" "NextToken": "{first["NextToken"]}" """);
        await Assert.That(OpenService.Join(first["Items"])).IsEqualTo("0,1,2,3");
        await Assert.That(OpenService.Join(second["Items"])).IsEqualTo("4,5");
    }
}

using System.Text.Json.Nodes;
using CsCheck;

namespace Esb.Tables.Tests.Operations;

/// <summary>Global indexes whose partition and sort keys consist of several attributes.</summary>
public sealed class MultipleKeyTests
{
    private const string Table = """ "TableName": "tab", "IndexName": "multi" """;

    private const string Definitions = """
        {"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "p", "AttributeType": "S"},
        {"AttributeName": "q", "AttributeType": "N"}, {"AttributeName": "a", "AttributeType": "S"},
        {"AttributeName": "b", "AttributeType": "N"}, {"AttributeName": "c", "AttributeType": "S"}
        """;

    private const string Index = """
        {"IndexName": "multi", "Projection": {"ProjectionType": "KEYS_ONLY"}, "KeySchema": [
          {"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "q", "KeyType": "HASH"},
          {"AttributeName": "a", "KeyType": "RANGE"}, {"AttributeName": "b", "KeyType": "RANGE"},
          {"AttributeName": "c", "KeyType": "RANGE"}]}
        """;

    private const string Values = """
        ":p": {"S": "x"}, ":q": {"N": "1"}, ":a": {"S": "s"}, ":b": {"N": "2"}, ":c": {"S": "u"}, ":d": {"S": "v"}
        """;

    [Test]
    [Arguments("p = :p AND q = :q", "4,3,2,1,5,6")]
    [Arguments("q = :q AND a = :a AND p = :p", "3,2,1,5")]
    [Arguments("p = :p AND q = :q AND a > :a", "6")]
    [Arguments("p = :p AND q = :q AND a < :a", "4")]
    [Arguments("p = :p AND q = :q AND a = :a AND b >= :b", "2,1,5")]
    [Arguments("p = :p AND q = :q AND a = :a AND b < :b", "3")]
    [Arguments("p = :p AND q = :q AND a = :a AND b = :b", "2,1")]
    [Arguments("p = :p AND q = :q AND a = :a AND b = :b AND c = :c", "2")]
    [Arguments("p = :p AND q = :q AND a = :a AND b = :b AND c BETWEEN :c AND :d", "2,1")]
    [Arguments("p = :p AND q = :q AND a = :a AND b = :b AND begins_with(c, :d)", "1")]
    public async Task A_query_reads_the_items_that_begin_with_its_values_in_order(string condition, string expected)
    {
        await using var service = await WithItemsAsync();
        await Assert.That(await QueryAsync(service, condition)).IsEqualTo(expected);
        await Assert.That(await QueryAsync(service, condition, """, "ScanIndexForward": false"""))
            .IsEqualTo(string.Join(',', expected.Split(',').Reverse()));
        await service.RestartAsync();
        await Assert.That(await QueryAsync(service, condition)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("p = :p", "Query condition missed key schema element: q")]
    [Arguments("p = :p AND a = :a", "Query condition missed key schema element: q")]
    [Arguments("p = :p AND q > :q", "Query key condition not supported")]
    [Arguments("p = :p AND q = :q AND b = :b", Gap + "a" + Present + "b")]
    [Arguments("p = :p AND q = :q AND a = :a AND c = :c", Gap + "b" + Present + "c")]
    [Arguments("p = :p AND q = :q AND a > :a AND b = :b", Gap + "a" + Present + "b")]
    [Arguments("p = :p AND q = :q AND id = :a", "Query condition missed key schema element: a")]
    [Arguments("p = :p AND q = :q AND a = :b",
        "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    public async Task A_condition_with_a_gap_is_refused(string condition, string problem)
    {
        await using var service = await WithItemsAsync();
        await Assert.That(await service.ErrorAsync("Query", Request(condition))).IsEqualTo(
            "ValidationException: " + problem);
    }

    [Test]
    public async Task The_old_key_conditions_follow_the_same_rules()
    {
        await using var service = await WithItemsAsync();
        const string Partition = """
            "p": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "x"}]},
            "q": {"ComparisonOperator": "EQ", "AttributeValueList": [{"N": "1"}]}
            """;
        const string Greater = """{"ComparisonOperator": "GT", "AttributeValueList": [{"N": "2"}]}""";
        var found = await service.CallAsync("Query", Table, $$"""
            "KeyConditions": {{{Partition}}, "b": {{Greater}},
              "a": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "s"}]} }
            """);
        await Assert.That(OpenService.Join(found["Items"], "id")).IsEqualTo("5");
        await Assert.That(await service.ErrorAsync(
                "Query", Table, $$""" "KeyConditions": {{{Partition}}, "b": {{Greater}} } """))
            .IsEqualTo($"ValidationException: {Gap}a{Present}b");
    }

    [Test]
    public async Task A_page_continues_after_all_key_attributes()
    {
        await using var service = await WithItemsAsync();
        var found = new List<string>();
        JsonNode? last = null;
        var keys = "";
        do
        {
            var start = last is null ? "" : $$""", "ExclusiveStartKey": {{last.ToJsonString()}}""";
            var page = await service.CallAsync(
                "Query", Request("p = :p AND q = :q", """, "Limit": 2""" + start));
            found.Add(OpenService.Join(page["Items"], "id"));
            last = page["LastEvaluatedKey"];
            keys = last is null ? keys : string.Join(',', last.AsObject().Select(member => member.Key).Order());
        }
        while (last is not null);

        await Assert.That(string.Join(',', found.Where(text => text.Length > 0))).IsEqualTo("4,3,2,1,5,6");
        await Assert.That(keys).IsEqualTo("a,b,c,id,p,q");
    }

    [Test]
    public async Task The_index_is_described_and_can_be_added_and_read_later()
    {
        await using var service = OpenService.Empty();
        await service.CallAsync("CreateTable", """
            {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}
            """);
        await PutItemsAsync(service);
        await service.CallAsync("UpdateTable", $$"""
            {"TableName": "tab", "AttributeDefinitions": [{{Definitions}}],
             "GlobalSecondaryIndexUpdates": [{"Create": {{Index}} }]}
            """);
        await service.Tables.UntilNothingIsToDoAsync();
        var described = await service.CallAsync("DescribeTable", """ "TableName": "tab" """);
        var scan = await service.CallAsync("Scan", Table);
        await Assert.That(await QueryAsync(service, "p = :p AND q = :q")).IsEqualTo("4,3,2,1,5,6");
        await Assert.That((int)scan["Count"]!).IsEqualTo(7);
        await SameJson.IsAsync(described["Table"]!["GlobalSecondaryIndexes"]![0]!["KeySchema"], """
            [{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "q", "KeyType": "HASH"},
             {"AttributeName": "a", "KeyType": "RANGE"}, {"AttributeName": "b", "KeyType": "RANGE"},
             {"AttributeName": "c", "KeyType": "RANGE"}]
            """);
    }

    [Test]
    [Arguments("p:HASH,a:RANGE,q:HASH",
        Invalid + "All HASH key attributes must precede RANGE key attributes in the KeySchema")]
    [Arguments("a:RANGE,p:HASH,q:HASH", "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")]
    [Arguments("p:HASH,q:HASH,p:RANGE", "The KeySchema contains multiple key attributes with the same name")]
    [Arguments("p:HASH,q:HASH,a:HASH,b:HASH,c:HASH",
        Invalid + "The KeySchema exceeds the maximum allowed number of HASH key attributes")]
    [Arguments("id:HASH,p:RANGE,q:RANGE,a:RANGE,b:RANGE,c:RANGE",
        Invalid + "The KeySchema exceeds the maximum allowed number of RANGE key attributes")]
    public async Task A_key_schema_that_cannot_be_is_refused(string keys, string problem)
    {
        await using var service = OpenService.Empty();
        var elements = string.Join(", ", keys.Split(',').Select(key => key.Split(':')).Select(key =>
            $$"""{"AttributeName": "{{key[0]}}", "KeyType": "{{key[1]}}"}"""));
        await Assert.That(await service.ErrorAsync("CreateTable", $$"""
            {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
             "AttributeDefinitions": [{{Definitions}}], "GlobalSecondaryIndexes": [{"IndexName": "multi",
               "Projection": {"ProjectionType": "ALL"}, "KeySchema": [{{elements}}]}]}
            """)).IsEqualTo("ValidationException: " + problem);
    }

    [Test]
    [Arguments("SELECT * FROM tab.multi WHERE p = 'x'")]
    [Arguments("SELECT * FROM tab.multi")]
    public async Task Statements_do_not_read_such_an_index(string statement)
    {
        await using var service = await WithItemsAsync();
        const string Refused = "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or "
            + "multi-attribute RANGE keys.";
        var batch = await service.CallAsync(
            "BatchExecuteStatement", $$"""{"Statements": [{"Statement": "{{statement}}"}]}""");
        await Assert.That(await service.ErrorAsync("ExecuteStatement", $$"""{"Statement": "{{statement}}"}"""))
            .IsEqualTo("ValidationException: " + Refused);
        await Assert.That((string?)batch["Responses"]![0]!["Error"]!["Message"]).IsEqualTo(Refused);
    }

    [Test]
    public Task Items_are_in_the_order_of_their_sort_keys() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[-2, 2], Gen.Int[0, 2]).Array[1, 20].SampleAsync(
            async items =>
            {
                await using var service = await CreateAsync();
                var puts = items.Select((item, i) => service.PutAsync(Item(
                    $"{i:D2}", "x", 1, new string('s', item.Item1 + 1), item.Item2, new string('u', item.Item3 + 1))));
                await Task.WhenAll(puts);
                var expected = items.Select((item, i) => (Key: item, Id: $"{i:D2}")).GroupBy(pair => pair.Key)
                    .OrderBy(group => group.Key).SelectMany(group => group.Select(_ => group.Key)).ToArray();
                var found = (await QueryAsync(service, "p = :p AND q = :q")).Split(',')
                    .Select(id => items[int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)]);
                if (!found.SequenceEqual(expected))
                    throw new InvalidOperationException(string.Join(' ', found));
            },
            iter: 20,
            threads: 2);

    private const string Gap = "RANGE key attributes ";

    private const string Present =
        " must have equality conditions specified in the query because a condition is present on key attribute ";

    private const string Invalid = "One or more parameter values were invalid: ";

    private static async Task<OpenService> CreateAsync()
    {
        var service = OpenService.Empty();
        await service.CallAsync("CreateTable", $$"""
            {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
             "AttributeDefinitions": [{{Definitions}}], "GlobalSecondaryIndexes": [{{Index}}]}
            """);
        return service;
    }

    private static async Task<OpenService> WithItemsAsync()
    {
        var service = await CreateAsync();
        await PutItemsAsync(service);
        return service;
    }

    private static async Task PutItemsAsync(OpenService service)
    {
        await service.PutAsync(Item("1", "x", 1, "s", 2, "v"));
        await service.PutAsync(Item("2", "x", 1, "s", 2, "u"));
        await service.PutAsync(Item("3", "x", 1, "s", -1, "z"));
        await service.PutAsync(Item("4", "x", 1, "r", 9, "z"));
        await service.PutAsync(Item("5", "x", 1, "s", 10, "a"));
        await service.PutAsync(Item("6", "x", 1, "t", 1, "a"));
        await service.PutAsync(Item("7", "x", 2, "s", 1, "a"));
        await service.PutAsync("""{"id": {"S": "8"}, "p": {"S": "x"}, "q": {"N": "1"}, "a": {"S": "s"}}""");
    }

    private static string Item(string id, string p, int q, string a, int b, string c) => $$$"""
        {"id": {"S": "{{{id}}}"}, "p": {"S": "{{{p}}}"}, "q": {"N": "{{{q}}}"}, "a": {"S": "{{{a}}}"},
         "b": {"N": "{{{b}}}"}, "c": {"S": "{{{c}}}"} }
        """;

    private static async Task<string> QueryAsync(OpenService service, string condition, string more = "") =>
        OpenService.Join((await service.CallAsync("Query", Request(condition, more)))["Items"], "id");

    // Only the values that the condition names: others would be unused.
    private static string Request(string condition, string more = "")
    {
        var values = JsonNode.Parse($"{{{Values}}}")!.AsObject();
        foreach (var name in values.Select(value => value.Key).ToArray())
        {
            if (!condition.Contains(name, StringComparison.Ordinal))
                values.Remove(name);
        }

        return $$"""
            {{{Table}}, "KeyConditionExpression": "{{condition}}",
             "ExpressionAttributeValues": {{values.ToJsonString()}}{{more}} }
            """;
    }
}

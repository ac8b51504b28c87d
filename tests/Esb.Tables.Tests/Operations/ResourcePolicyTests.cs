using System.Text.Json.Nodes;

namespace Esb.Tables.Tests.Operations;

/// <summary>Resource policies of tables.</summary>
public sealed class ResourcePolicyTests
{
    private const string Arn = """ "ResourceArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/tab" """;

    private const string Missing = "PolicyNotFoundException: Resource-based policy not found for the provided "
        + "ResourceArn: ";

    [Test]
    public async Task A_policy_is_set_returned_and_removed()
    {
        await using var service = await OpenService.WithTableAsync();
        var first = await service.CallAsync("PutResourcePolicy", Arn, Policy("dynamodb:GetItem"));
        var same = await service.CallAsync("PutResourcePolicy", Arn, Policy("dynamodb:GetItem"));
        var second = await service.CallAsync("PutResourcePolicy", Arn, Policy("dynamodb:PutItem"));
        await service.RestartAsync();
        var found = await service.CallAsync("GetResourcePolicy", Arn);
        var removed = await service.CallAsync("DeleteResourcePolicy", Arn);
        await Assert.That((string?)same["RevisionId"]).IsEqualTo((string?)first["RevisionId"]);
        await Assert.That(Number(second)).IsGreaterThan(Number(first));
        await Assert.That((string?)found["Policy"]).Contains("dynamodb:PutItem");
        await Assert.That((string?)found["RevisionId"]).IsEqualTo((string?)second["RevisionId"]);
        await Assert.That((string?)removed["RevisionId"]).IsEqualTo((string?)second["RevisionId"]);
        await Assert.That(await service.ErrorAsync("GetResourcePolicy", Arn))
            .IsEqualTo(Missing + "arn:aws:dynamodb:eu-west-1:123456789012:table/tab");
        await SameJson.IsAsync(await service.CallAsync("DeleteResourcePolicy", Arn), "{}");
    }

    [Test]
    public async Task A_policy_of_the_creation_is_there()
    {
        await using var service = OpenService.Empty();
        var policy = Document("dynamodb:GetItem");
        await service.CreateAsync("tab", $""", "ResourcePolicy": {JsonValue.Create(policy).ToJsonString()}""");
        var found = await service.CallAsync("GetResourcePolicy", Arn);
        await Assert.That((string?)found["Policy"]).IsEqualTo(policy);
    }

    [Test]
    public async Task A_change_can_expect_a_revision()
    {
        await using var service = await OpenService.WithTableAsync();
        var first = await service.CallAsync(
            "PutResourcePolicy", Arn, Policy("a:b"), """ "ExpectedRevisionId": "NO_POLICY" """);
        var revision = (string)first["RevisionId"]!;
        var present = await service.ErrorAsync(
            "PutResourcePolicy", Arn, Policy("a:c"), """ "ExpectedRevisionId": "NO_POLICY" """);
        var other = await service.ErrorAsync("DeleteResourcePolicy", Arn, """ "ExpectedRevisionId": "7" """);
        await service.CallAsync("DeleteResourcePolicy", Arn, $""" "ExpectedRevisionId": "{revision}" """);
        await Assert.That(present).IsEqualTo(Missing + "Requested policy update expecting none to be present for table "
            + $"tab, but a policy exists with revision id {revision}.");
        await Assert.That(other).IsEqualTo(Missing + "Requested update for policy with revision id 7, but the policy "
            + $"associated to target table tab has revision id {revision}.");
    }

    [Test]
    [Arguments("""{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}""",
        "Invalid policy document: a statement with the effect Deny cannot be applied here")]
    [Arguments("""{"Statement": {"Effect": "Deny"}}""",
        "Invalid policy document: a statement with the effect Deny cannot be applied here")]
    [Arguments("{", "Invalid policy document: This policy contains invalid Json")]
    [Arguments("""{"Statement": []}""", "Invalid policy document: Could not parse the policy: Statement is empty!")]
    [Arguments("""{"Statement": ["Allow"]}""", "Invalid policy document: Missing required field Effect")]
    [Arguments("{}", "Invalid policy document: Missing required field Statement")]
    public async Task A_policy_that_cannot_be_applied_is_refused(string policy, string problem)
    {
        await using var service = OpenService.Empty();
        var text = JsonValue.Create(policy).ToJsonString();
        var expected = "ValidationException: One or more parameter values were invalid: " + problem;
        await Assert.That(await service.ErrorAsync("CreateTable", Table($""" "ResourcePolicy": {text} """)))
            .IsEqualTo(expected);
        await service.CreateAsync("tab");
        await Assert.That(await service.ErrorAsync("PutResourcePolicy", Arn, $""" "Policy": {text} """))
            .IsEqualTo(expected);
    }

    [Test]
    [Arguments("CreateTable")]
    [Arguments("UpdateTable")]
    public async Task Members_of_global_tables_are_refused_by_name(string operation)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync(
            operation, Table(""" "ReplicaUpdates": [{"Create": {"RegionName": "eu-west-2"}}] """)))
            .IsEqualTo("ValidationException: One or more parameter values were invalid: replicaUpdates is not served: "
                + "tables have no replicas in other regions");
    }

    [Test]
    public async Task A_warm_throughput_is_returned_and_does_not_fall()
    {
        await using var service = OpenService.Empty();
        const string Warm = """ "WarmThroughput": {"ReadUnitsPerSecond": 13000, "WriteUnitsPerSecond": 5000} """;
        await service.CreateAsync("tab", "," + Warm);
        await service.CallAsync(
            "UpdateTable", """ "TableName": "tab", "WarmThroughput": {"ReadUnitsPerSecond": 14000} """);
        var described = await service.CallAsync("DescribeTable", """ "TableName": "tab" """);
        await SameJson.IsAsync(described["Table"]!["WarmThroughput"], """
            {"ReadUnitsPerSecond": 14000, "WriteUnitsPerSecond": 5000, "Status": "ACTIVE"}
            """);
        await Assert.That(await service.ErrorAsync(
            "UpdateTable", """ "TableName": "tab", "WarmThroughput": {"ReadUnitsPerSecond": 13999} """))
            .IsEqualTo("ValidationException: One or more parameter values were invalid: Requested ReadUnitsPerSecond "
                + "for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not "
                + "supported");
        await Assert.That(await service.ErrorAsync(
            "CreateTable", Table(""" "WarmThroughput": {"WriteUnitsPerSecond": 3999} """)))
            .IsEqualTo("ValidationException: One or more parameter values were invalid: Requested WriteUnitsPerSecond "
                + "for WarmThroughput for table is lower than initial throughput for OnDemand");
    }

    [Test]
    public async Task The_warm_throughput_of_an_index_stays_when_its_table_becomes_on_demand()
    {
        await using var service = OpenService.Empty();
        const string Units = """ "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1} """;
        await service.CallAsync("CreateTable", $$$"""
            "TableName": "tab", {{{Units}}},
            "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"}],
            "GlobalSecondaryIndexes": [{"IndexName": "index", "Projection": {"ProjectionType": "ALL"}, {{{Units}}},
              "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}],
              "WarmThroughput": {"ReadUnitsPerSecond": 13000, "WriteUnitsPerSecond": 5000}}]
            """);
        await service.CallAsync("UpdateTable", """ "TableName": "tab", "BillingMode": "PAY_PER_REQUEST" """);
        var described = await service.CallAsync("DescribeTable", """ "TableName": "tab" """);
        await SameJson.IsAsync(described["Table"]!["GlobalSecondaryIndexes"]![0]!["WarmThroughput"], """
            {"ReadUnitsPerSecond": 13000, "WriteUnitsPerSecond": 5000, "Status": "ACTIVE"}
            """);
    }

    private static string Document(string action) => $$"""
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "123456789012"},
          "Action": ["{{action}}"], "Resource": "*"}]}
        """;

    private static string Policy(string action) =>
        $""" "Policy": {JsonValue.Create(Document(action)).ToJsonString()} """;

    private static string Table(string more) => $$"""
        {"TableName": "new", "BillingMode": "PAY_PER_REQUEST",
         "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}],
         "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"}], {{more}} }
        """;

    private static long Number(JsonNode answer) => long.Parse(
        (string)answer["RevisionId"]!, System.Globalization.CultureInfo.InvariantCulture);
}

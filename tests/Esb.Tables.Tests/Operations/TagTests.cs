namespace Esb.Tables.Tests.Operations;

/// <summary>Tags, time to live, and the small answers about tables and the account.</summary>
public sealed class TagTests
{
    private const string Table = """ "TableName": "tab" """;

    private const string Arn = """ "ResourceArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/tab" """;

    [Test]
    public async Task Tags_are_added_replaced_and_removed()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.CallAsync(
            "TagResource", Arn, """ "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}] """);
        await service.CallAsync("TagResource", Arn, """ "Tags": [{"Key": "b", "Value": "3"}] """);
        await service.CallAsync("UntagResource", Arn, """ "TagKeys": ["a", "none"] """);
        await service.RestartAsync();
        var tags = await service.CallAsync("ListTagsOfResource", Arn);
        await SameJson.IsAsync(tags["Tags"], """[{"Key": "b", "Value": "3"}]""");
    }

    [Test]
    public async Task Tags_of_the_creation_are_there()
    {
        await using var service = OpenService.Empty();
        await service.CreateAsync("tab", """, "Tags": [{"Key": "a", "Value": "1"}]""");
        var tags = await service.CallAsync("ListTagsOfResource", Arn);
        await SameJson.IsAsync(tags["Tags"], """[{"Key": "a", "Value": "1"}]""");
    }

    [Test]
    public async Task A_table_has_50_tags_at_most()
    {
        await using var service = await OpenService.WithTableAsync();
        var tags = string.Join(", ", Enumerable.Range(0, 50).Select(i => $$"""{"Key": "{{i}}", "Value": ""}"""));
        await service.CallAsync("TagResource", Arn, $""" "Tags": [{tags}] """);
        await Assert.That(await service.ErrorAsync("TagResource", Arn, """ "Tags": [{"Key": "x", "Value": ""}] """))
            .StartsWith("ValidationException: ");
    }

    [Test]
    public async Task Time_to_live_is_switched_on_and_off()
    {
        await using var service = await OpenService.WithTableAsync();
        const string On = """ "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "e"} """;
        const string Off = """ "TimeToLiveSpecification": {"Enabled": false, "AttributeName": "e"} """;
        var answer = await service.CallAsync("UpdateTimeToLive", Table, On);
        var again = await service.ErrorAsync("UpdateTimeToLive", Table, On);
        var on = await service.CallAsync("DescribeTimeToLive", Table);
        await service.CallAsync("UpdateTimeToLive", Table, Off);
        var off = await service.CallAsync("DescribeTimeToLive", Table);
        await SameJson.IsAsync(answer, """{"TimeToLiveSpecification": {"Enabled": true, "AttributeName": "e"}}""");
        await Assert.That(again).IsEqualTo("ValidationException: TimeToLive is already enabled");
        await SameJson.IsAsync(
            on, """{"TimeToLiveDescription": {"TimeToLiveStatus": "ENABLED", "AttributeName": "e"}}""");
        await SameJson.IsAsync(off, """{"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}}""");
    }

    [Test]
    public async Task Point_in_time_recovery_is_remembered()
    {
        await using var service = await OpenService.WithTableAsync();
        await service.CallAsync(
            "UpdateContinuousBackups", Table,
            """
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 3}
            """);
        var described = (await service.CallAsync("DescribeContinuousBackups", Table))["ContinuousBackupsDescription"]!;
        await Assert.That((string)described["PointInTimeRecoveryDescription"]!["PointInTimeRecoveryStatus"]!)
            .IsEqualTo("ENABLED");
        await Assert.That((int)described["PointInTimeRecoveryDescription"]!["RecoveryPeriodInDays"]!).IsEqualTo(3);
    }

    [Test]
    public async Task The_account_has_the_services_own_limits_and_endpoint()
    {
        await using var service = OpenService.Empty();
        await SameJson.IsAsync(await service.CallAsync("DescribeLimits", "{}"), """
            {"AccountMaxReadCapacityUnits": 80000, "AccountMaxWriteCapacityUnits": 80000,
             "TableMaxReadCapacityUnits": 40000, "TableMaxWriteCapacityUnits": 40000}
            """);
        await SameJson.IsAsync(await service.CallAsync("DescribeEndpoints", "{}"), """
            {"Endpoints": [{"Address": "dynamodb.eu-west-1.amazonaws.com", "CachePeriodInMinutes": 1440}]}
            """);
    }
}
